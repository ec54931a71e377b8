import { useState } from 'react';
import { commands, type Problem, type SecretEdit, type SecretView } from '../../../ipc/bindings';
import { fieldProblem, isConflict, toProblem } from '../../../ipc/problem';
import { useAction } from '../../../components/use-action';
import { checkDescription, checkLabels, checkMetadata, checkName } from '../fields/checks';
import { rotationFault } from '../fields/auto-rotation';
import { expirationFault } from '../../../components/expiration';
import { reminderFault } from '../fields/reminder';
import { useCheck } from '../fields/use-check';
import { leaseFault } from '../types/iam-credentials/new-iam-credentials';
import { editable, isEmpty, secretEdit, type Changes, type Editable } from './secret-edit';
import { usePolicyOutlook } from './use-policy-outlook';

type Details = {
  secret: SecretView;
  reload: () => Promise<unknown>;
  onSaved: (secret: SecretView) => void;
  /** Shows the field that keeps the changes from being saved. */
  onFault: (field: string | undefined) => void;
};

/** Editing a secret in place: what changed is checked as it is typed, and alone is sent. */
export function useDetails({ secret, reload, onSaved, onFault }: Details) {
  const [changes, setChanges] = useState<Changes>({});
  const form = { ...editable(secret), ...changes };
  const edit = secretEdit(secret, changes);

  const checks = {
    name: useCheck(form.name, checkName),
    description: useCheck(form.description, checkDescription),
    labels: useCheck(form.labels, checkLabels),
    metadata: useCheck(form.metadata, (text) => checkMetadata('custom_metadata', text)),
  };

  const outlook = usePolicyOutlook(secret, form, edit);

  const save = useAction(async () => {
    const faults = await Promise.all([
      'name' in edit && checks.name.now(),
      'description' in edit && checks.description.now(),
      'labels' in edit && checks.labels.now(),
      'custom_metadata' in edit && checks.metadata.now(),
    ]);
    const fault = faults.find(Boolean) ?? planFault(edit, form);
    try {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
      if (fault) throw fault;
      onSaved(await commands.editSecret(secret.metadata.id, edit, secret.revision));
    } catch (refusal) {
      onFault(toProblem(refusal).target?.name);
      throw refusal;
    }
  });
  const conflict = isConflict(save.error);
  const review = useAction(async () => {
    await reload();
    save.clear();
  });

  function change(next: Changes): void {
    // a conflict is not mended by typing
    if (!conflict) save.clear();
    setChanges((before) => ({ ...before, ...next }));
  }

  return { changes, form, edit, change, checks, outlook, save, review, changed: !isEmpty(edit), conflict };
}

/** What is not whole yet of what is to be sent. */
function planFault(edit: SecretEdit, form: Editable): Problem | null {
  const faults: [keyof SecretEdit, string | null][] = [
    ['ttl', form.ttl && leaseFault(form.ttl)],
    ['rotation', rotationFault(form.rotation)],
    ['reminder', reminderFault(form.reminder)],
    ['expiration_date', expirationFault(form.expiration)],
  ];
  for (const [field, fault] of faults) if (field in edit && fault !== null) return fieldProblem(field, fault);
  return null;
}
