import { useState } from 'react';
import { commands, type Problem, type SecretEdit, type SecretView } from '../../../ipc/bindings';
import { fieldProblem } from '../../../ipc/problem';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { checkDescription, checkName } from '../fields/checks';
import { useCheck } from '../fields/use-check';

type Names = { name: string; description: string };

/** Name and description beside a rotation: **Update** saves them alone, and begins nothing. */
export function useNaming({ metadata, revision }: SecretView, reload: () => Promise<unknown>) {
  const [changes, setChanges] = useState<Partial<Names>>({});
  const [unsaved, setUnsaved] = useState<Problem | null>(null);
  const showToast = useToasts();
  const before: Names = { name: metadata.name, description: metadata.description ?? '' };
  const now = { ...before, ...changes };
  const edit: SecretEdit = {
    ...(now.name !== before.name && { name: now.name }),
    ...(now.description !== before.description && { description: now.description }),
  };
  const changed = Object.keys(edit).length > 0;
  const checks = { name: useCheck(now.name, checkName), description: useCheck(now.description, checkDescription) };

  const update = useAction(async () => {
    setUnsaved(null);
    const faults = await Promise.all(['name' in edit && checks.name.now(), 'description' in edit && checks.description.now()]);
    if (faults.some(Boolean)) return;
    const saved = await commands.editSecret(metadata.id, edit, revision);
    showToast({ title: `Updated ${saved.metadata.name}` });
    await reload();
    setChanges({});
  });

  return {
    now,
    changes,
    changed,
    checks,
    update,
    error: unsaved ?? update.error,
    change: (part: Partial<Names>) => {
      setUnsaved(null);
      update.clear();
      setChanges((earlier) => ({ ...earlier, ...part }));
    },
    /** Says at the field that a change is not saved yet; whether there is one. */
    refuseUnsaved: (): boolean => {
      if (!changed) return false;
      const field = 'name' in edit ? 'name' : 'description';
      setUnsaved(fieldProblem(field, 'It is not saved yet. Click Update first, or undo the change.'));
      return true;
    },
  };
}

export type Naming = ReturnType<typeof useNaming>;
