import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useAction } from '../../components/use-action';
import { commands, type SecretGroup } from '../../ipc/bindings';
import { refreshGroups } from '../../ipc/groups';

type DeleteDialogProps = { group: SecretGroup; onClose: () => void; onDeleted: () => void };

/** **Delete group**: it is empty, so its name need not be typed. A refusal is shown here. */
export function DeleteDialog({ group, onClose, onDeleted }: DeleteDialogProps) {
  const client = useQueryClient();
  const remove = useAction(async () => {
    await commands.deleteGroup(group.id);
    await refreshGroups(client);
    onDeleted();
  });
  return (
    <TaskDialog
      heading={`Delete group ${group.name}`}
      size="xs"
      danger
      task={{ label: 'Delete', run: () => void remove.run(), slow: remove.slow, progress: 'Deleting…' }}
      onClose={onClose}
    >
      <Stack gap={5}>
        <p>
          The group goes with its name and description. No secret is in it, so none is lost. This cannot be undone.
        </p>
        <ProblemNotice error={remove.error} />
      </Stack>
    </TaskDialog>
  );
}
