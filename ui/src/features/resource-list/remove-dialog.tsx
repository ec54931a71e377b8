import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useToasts } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';
import { fieldError, unplaced } from '../../ipc/problem';
import { ConfirmationField } from '../../components/confirmation-field';

type RemoveDialogProps = { instance: InstanceRow; onClose: () => void };

/** Asks for the name: what this deletes, nothing brings back. */
export function RemoveDialog({ instance, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const [typed, setTyped] = useState('');
  const remove = useAction(async () => {
    await commands.removeInstance(instance.id, typed);
    await switchInstance(client);
    toast({ title: `${instance.name} was removed` });
    onClose();
  });
  const ready = typed === instance.name;
  const submit = () => ready && void remove.run();
  const task = { label: 'Remove', run: submit, disabled: !ready, slow: remove.slow, progress: 'Removing…' };

  return (
    <TaskDialog heading={`Remove ${instance.name}?`} size="sm" danger task={task} onClose={onClose}>
      <EnterForm onSubmit={submit} error={remove.error}>
        <Stack gap={5}>
          <p>
            The vault&apos;s file is deleted from this computer for good, with every secret and version in it. No unlock
            method brings it back.
          </p>
          <ConfirmationField
            id="typed-name"
            label={`Type ${instance.name} to confirm`}
            typed={typed}
            onType={(text) => {
              setTyped(text);
              remove.clear();
            }}
            error={fieldError(remove.error, 'typed_name') ?? fieldError(remove.error, 'name')}
          />
          <ProblemNotice error={unplaced(remove.error, ['typed_name', 'name'])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
