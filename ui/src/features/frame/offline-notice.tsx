import { Callout } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { relativeTime } from '../../components/relative-time';
import { useAction } from '../../components/use-action';
import { useTick } from '../../components/use-tick';
import { commands, type Offline } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';

type OfflineNoticeProps = { name: string; offline: Offline; onReplaceKey: () => void };

/** Stays above the pages of an instance that does not answer: since when, and how old what is shown is. */
export function OfflineNotice({ name, offline, onReplaceKey }: OfflineNoticeProps) {
  const client = useQueryClient();
  useTick();
  const retry = useAction(async () => {
    // what came of it stands in this notice, or ends it
    await commands.retryConnection().catch(() => undefined);
    await refreshInstances(client);
  });
  const now = new Date();
  const ago = (moment: string) => relativeTime(new Date(moment), now);
  const { since, seen_at: seen, problem } = offline;
  const refused = problem.code === 'unauthorized';
  const title = refused ? `${name} does not take its API key.` : `${name} cannot be reached, since ${ago(since)}.`;
  const shown = seen ? `What is shown was read ${ago(seen)}.` : 'Nothing of it was read yet.';
  return (
    <div className="kt-notice kt-notice--stays" role="status">
      <Callout
        className="kt-problem"
        kind="warning"
        lowContrast
        title={title}
        subtitle={`${problem.message} ${shown} Values and changes need the connection.`}
        actionButtonLabel={refused ? 'Replace API key' : retry.slow ? 'Trying…' : 'Try again'}
        onActionButtonClick={refused ? onReplaceKey : () => void retry.run()}
        statusIconDescription="Warning"
      />
    </div>
  );
}
