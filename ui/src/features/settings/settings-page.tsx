import { Loading, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { isRemote } from '../../components/instance-kind';
import { ProblemNotice } from '../../components/problem-notice';
import { useSlow } from '../../components/use-slow';
import type { ActiveInstance } from '../../ipc/bindings';
import { settingsQuery } from '../../ipc/settings';
import { ApiAccess } from './api-access/api-access';
import { Appearance } from './appearance';
import { useAskedSection } from './asked-section';
import { DnsChecks } from './dns-checks';
import { Locking } from './locking';
import { Reminders } from './reminders';
import { UnlockMethods } from './unlock-methods';
import { Versions } from './versions';

type SettingsPageProps = { instance: ActiveInstance; onNewRecoveryCode: () => void };

/** The page **Settings**: of the active instance first, then of this program. */
export function SettingsPage({ instance, onNewRecoveryCode }: SettingsPageProps) {
  const settings = useQuery(settingsQuery);
  const slow = useSlow(settings.isPending);
  useAskedSection();
  // what an instance elsewhere keeps, and how it is reached, is set there
  const remote = isRemote(instance.kind);
  return (
    <div className="kt-page kt-settings">
      <Stack gap={8}>
        <h1 className="kt-page__title">Settings</h1>
        {instance.kind === 'local' && (
          <UnlockMethods instanceId={instance.id} onNewRecoveryCode={onNewRecoveryCode} />
        )}
        {!remote && (
          <>
            <Versions />
            <ApiAccess recoveryConfirmed={instance.recovery_confirmed} onFinishRecovery={onNewRecoveryCode} />
          </>
        )}
        <DnsChecks />
        {slow && <Loading small withOverlay={false} description="Reading the settings" />}
        {settings.isError && (
          <ProblemNotice error={settings.error} action={{ label: 'Try again', run: () => void settings.refetch() }} />
        )}
        {settings.data && (
          <>
            <Locking settings={settings.data} />
            <Reminders settings={settings.data} />
            <Appearance settings={settings.data} />
          </>
        )}
      </Stack>
    </div>
  );
}
