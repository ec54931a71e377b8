import { Stack } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../../components/problem-notice';
import { RelativeDate } from '../../../components/relative-date';
import { TaskDialog } from '../../../components/task-dialog';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { refreshApiKeys } from '../../../ipc/api-access';
import { commands, type ApiKey } from '../../../ipc/bindings';
import { groupNamesQuery } from '../../../ipc/groups';
import { whereWords } from './role-words';

/** **Revoke**: what stops working, before it does. */
export function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { data: names } = useQuery(groupNamesQuery);
  const revoke = useAction(async () => {
    await commands.revokeApiKey(apiKey.id);
    await refreshApiKeys(client);
    showToast({ title: `Revoked ${apiKey.name}` });
    onClose();
  });
  return (
    <TaskDialog
      heading={`Revoke ${apiKey.name}`}
      size="sm"
      danger
      task={{ label: 'Revoke', run: () => void revoke.run(), slow: revoke.slow, progress: 'Revoking…' }}
      onClose={onClose}
    >
      <Stack gap={5}>
        <p>
          Every program that uses this key is refused from now on, also with a token that it already has. This cannot be
          undone; a new key has to be created and given to it.
        </p>
        <dl className="kt-facts kt-api__facts">
          <div>
            <dt>It may no longer act as</dt>
            <dd>
              {apiKey.role} in {apiKey.groups ? whereWords(apiKey, names) : 'the whole instance'}
            </dd>
          </div>
          <div>
            <dt>Last used</dt>
            <dd>
              <RelativeDate value={apiKey.last_used_at} none="Never" />
            </dd>
          </div>
        </dl>
        <ProblemNotice error={revoke.error} />
      </Stack>
    </TaskDialog>
  );
}
