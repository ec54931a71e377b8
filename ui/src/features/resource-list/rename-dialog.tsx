import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { textFault } from '../../components/text-fault';
import { useAction } from '../../components/use-action';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';
import { fieldError, unplaced } from '../../ipc/problem';
import { TextField } from '../../components/text-field';

type RenameDialogProps = { instance: InstanceRow; onClose: () => void };

export function RenameDialog({ instance, onClose }: RenameDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(instance.name);
  const rename = useAction(async () => {
    await commands.renameInstance(instance.id, name);
    await refreshInstances(client);
    onClose();
  });
  const fault = textFault('name', name)?.message ?? fieldError(rename.error, 'name');
  const ready = name.trim() !== '' && textFault('name', name) === null;
  const submit = () => ready && void rename.run();
  const task = { label: 'Rename', run: submit, disabled: !ready, slow: rename.slow, progress: 'Renaming…' };

  return (
    <TaskDialog heading={`Rename ${instance.name}`} size="xs" task={task} onClose={onClose}>
      <EnterForm onSubmit={submit} error={rename.error}>
        <Stack gap={5}>
          <TextField
            id="instance-name"
            labelText="Name"
            value={name}
            maxLength={64}
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value);
              rename.clear();
            }}
            onFocus={(event) => event.target.select()}
            invalid={fault !== undefined}
            invalidText={fault ?? ''}
            data-modal-primary-focus
          />
          <ProblemNotice error={unplaced(rename.error, ['name'])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
