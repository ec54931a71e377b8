import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { commands, type PendingRemoval } from '../../../ipc/bindings';
import { refreshConfigurations } from '../../../ipc/configurations';
import { pendingRemovalsQuery } from '../../../ipc/removals';
import { apiKeyWords } from './words';

type GiveUpDialogProps = { removal: PendingRemoval; onClose: () => void };

/** **Give up**: for a key that cannot be removed any more, because its account is gone say. */
export function GiveUpDialog({ removal, onClose }: GiveUpDialogProps) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { id, mark, secret_name, service_id, service_id_too } = removal;
  const giveUp = useAction(async () => {
    const left = await commands.forgetRemoval(id);
    client.setQueryData(pendingRemovalsQuery.queryKey, left);
    await refreshConfigurations(client);
    showToast({ title: `Gave up the API key of ${secret_name}` });
    onClose();
  });
  const task = { label: 'Give up', run: () => void giveUp.run(), slow: giveUp.slow, progress: 'Giving up…' };
  return (
    <TaskDialog heading={`Give up the API key of ${secret_name}?`} size="sm" danger task={task} onClose={onClose}>
      <Stack gap={5}>
        <p>
          Keyturn forgets this API key and does not try again to remove it. If IAM still has it, it goes on working until
          you remove it there.
        </p>
        <dl className="kt-facts">
          <div>
            <dt>API key</dt>
            <dd>{apiKeyWords(removal)}</dd>
          </div>
          {service_id != null && (
            <div>
              <dt>{service_id_too ? 'Service ID of its own' : 'Service ID'}</dt>
              <dd>{service_id}</dd>
            </div>
          )}
          <div>
            <dt>Description in IAM</dt>
            <dd>{mark}</dd>
          </div>
        </dl>
        <ProblemNotice error={giveUp.error} />
      </Stack>
    </TaskDialog>
  );
}
