import { Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands } from '../../../ipc/bindings';
import { isConflict } from '../../../ipc/problem';
import { ConfirmationField } from '../../../components/confirmation-field';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import type { SecretRef } from '../facts';
import { secretQuery } from '../queries';

type DeleteDialogProps = { secret: SecretRef; onClose: () => void; onDeleted: () => void };

/** **Delete**: says what is lost, and asks for the name. */
export function DeleteDialog({ secret, onClose, onDeleted }: DeleteDialogProps) {
  const current = useQuery(secretQuery(secret.id));
  const [typed, setTyped] = useState('');
  const name = current.data?.metadata.name ?? secret.name;
  const total = current.data?.metadata.versions_total;
  const ready = current.data !== undefined && typed === name;

  const remove = useAction(async () => {
    if (!current.data || !ready) return;
    await commands.deleteSecret(secret.id, typed, current.data.revision);
    onDeleted();
  });
  const conflict = isConflict(remove.error);

  async function reload(): Promise<void> {
    await current.refetch();
    remove.clear();
  }

  return (
    <TaskDialog
      heading={`Delete ${secret.name}`}
      danger
      task={{
        label: 'Delete',
        run: () => void remove.run(),
        slow: remove.slow,
        progress: 'Deleting…',
        disabled: !ready,
      }}
      onClose={onClose}
      className="kt-dialog"
    >
      <Stack gap={6}>
        <p className="kt-dialog__lead">
          The secret goes with {versions(total)} and the metadata of each. This cannot be undone.
        </p>
        <EnterForm onSubmit={() => void remove.run()} error={remove.error}>
          <ConfirmationField
            id="kt-delete-name"
            label="Name of the secret"
            helperText={`Type ${name} to enable Delete.`}
            typed={typed}
            onType={(text) => {
              setTyped(text);
              if (!conflict) remove.clear();
            }}
          />
        </EnterForm>
        <ProblemNotice
          error={remove.error ?? current.error}
          {...(conflict || current.error ? { action: { label: 'Reload', run: () => void reload() } } : {})}
        />
      </Stack>
    </TaskDialog>
  );
}

function versions(total: number | undefined): string {
  if (total === undefined) return 'all its versions';
  return total === 1 ? 'its only version' : `all its ${total} versions`;
}
