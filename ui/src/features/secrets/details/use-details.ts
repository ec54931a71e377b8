import { useState } from 'react';
import { commands, type Problem, type SecretView } from '../../../ipc/bindings';
import { isProblem } from '../../../ipc/problem';
import { useAction } from '../../../components/use-action';
import { checkDescription, checkLabels, checkMetadata, checkName } from '../fields/checks';
import { expirationFault } from '../fields/expiration';
import { useCheck } from '../fields/use-check';
import { editable, isEmpty, secretEdit, type Changes } from './secret-edit';

type Details = {
  secret: SecretView;
  reload: () => Promise<unknown>;
  onSaved: () => void;
};

/** Editing a secret in place: what changed is checked as it is typed, and alone is sent. */
export function useDetails({ secret, reload, onSaved }: Details) {
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
    const faults = await Promise.all([
      'name' in edit && checks.name.now(),
      'description' in edit && checks.description.now(),
      'labels' in edit && checks.labels.now(),
      'custom_metadata' in edit && checks.metadata.now(),
    ]);
    if (faults.some(Boolean)) return;
    const fault = 'expiration_date' in edit ? expirationFault(form.expiration) : null;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
    if (fault !== null) throw fieldProblem('expiration_date', fault);
    await commands.editSecret(secret.metadata.id, edit, secret.revision);
    onSaved();
  });
  const review = useAction(async () => {
    await reload();
    save.clear();
  });

  return {
    form,
    change: (next: Changes) => setChanges((before) => ({ ...before, ...next })),
    checks,
    save,
    review,
    changed: !isEmpty(edit),
    conflict: isProblem(save.error) && save.error.code === 'conflict',
  };
}

function fieldProblem(name: string, message: string): Problem {
  return { code: 'bad_request', message, target: { type: 'field', name } };
}
