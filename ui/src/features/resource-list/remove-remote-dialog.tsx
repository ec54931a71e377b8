import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useToasts } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { commands, type InstanceRow } from '../../ipc/bindings';
import { switchInstance } from '../../ipc/instances';

type RemoveRemoteDialogProps = { instance: InstanceRow; onClose: () => void };

/** Asks once: nothing is lost that cannot be connected again. */
export function RemoveRemoteDialog({ instance, onClose }: RemoveRemoteDialogProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const remove = useAction(async () => {
    await commands.removeInstance(instance.id, instance.name);
    await switchInstance(client);
    toast({ title: `${instance.name} was removed` });
    onClose();
  });
  const task = { label: 'Remove', run: () => void remove.run(), slow: remove.slow, progress: 'Removing…' };
  return (
    <TaskDialog heading={`Remove ${instance.name}?`} size="xs" danger task={task} onClose={onClose}>
      <Stack gap={5}>
        <p>
          This computer forgets the address and the API key. Nothing is changed or deleted at {instance.location}, and
          the key stays valid there.
        </p>
        <ProblemNotice error={remove.error} />
      </Stack>
    </TaskDialog>
  );
}
