import { Loading } from '@carbon/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../components/problem-notice';
import { useIpcEvent } from '../components/use-ipc-event';
import { useSlow } from '../components/use-slow';
import { events } from '../ipc/bindings';
import { appStatusQuery } from '../ipc/instances';
import { settingsQuery } from '../ipc/settings';
import { Shell } from './shell';
import { KeyturnTheme, useShownTheme } from './theme';

/** Reads what the first screen depends on, and keeps it fresh. */
export function Window() {
  const client = useQueryClient();
  const status = useQuery(appStatusQuery);
  const settings = useQuery(settingsQuery);
  const theme = useShownTheme(settings.data?.theme ?? 'system');
  const slow = useSlow(status.isPending);

  // a page inside an instance refreshes its own: a dialog may have to keep what it began with
  useIpcEvent(events.instanceChanged, () => {
    for (const tag of ['app_status', 'unlock_methods', 'vault_settings', 'secret_groups', 'api_access', 'api_keys']) {
      void client.invalidateQueries({ queryKey: [tag] });
    }
  });

  // a window that is painted once beats one that changes its colours
  if (settings.isPending) return null;
  return (
    <KeyturnTheme theme={theme}>
      {slow && <Loading description="Opening Keyturn" />}
      {status.isError && (
        <main className="kt-page">
          <ProblemNotice error={status.error} action={{ label: 'Try again', run: () => void status.refetch() }} />
        </main>
      )}
      {status.data && <Shell status={status.data} theme={theme} />}
    </KeyturnTheme>
  );
}
