import { useState } from 'react';
import { commands, type SecretView } from '../../../ipc/bindings';
import { fieldProblem, isConflict, toProblem } from '../../../ipc/problem';
import { useAction } from '../../../components/use-action';
import { checkDescription, checkLabels, checkMetadata, checkName } from '../fields/checks';
import { expirationFault } from '../fields/expiration';
import { useCheck } from '../fields/use-check';
import { editable, isEmpty, secretEdit, type Changes } from './secret-edit';

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

  const save = useAction(async () => {
    const past = 'expiration_date' in edit ? expirationFault(form.expiration) : null;
    const faults = await Promise.all([
      'name' in edit && checks.name.now(),
      'description' in edit && checks.description.now(),
      'labels' in edit && checks.labels.now(),
      'custom_metadata' in edit && checks.metadata.now(),
    ]);
    const fault = faults.find(Boolean) ?? (past === null ? null : fieldProblem('expiration_date', past));
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

  return { changes, form, change, checks, save, review, changed: !isEmpty(edit), conflict };
}
