import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { FewerVersionsDialog } from './fewer-versions-dialog';
import { vaultSettingsQuery } from './queries';
import { SettingsSection } from './settings-section';
import { SoonerErasedDialog } from './sooner-erased-dialog';
import { VaultNumber } from './vault-number';

/** How many versions of a secret keep their value, and for how long an expired one does. */
export function Versions() {
  const { data: settings, error, refetch } = useQuery(vaultSettingsQuery);
  return (
    <SettingsSection title="Versions">
      <ProblemNotice error={error} action={{ label: 'Try again', run: () => void refetch() }} />
      {settings && (
        <>
          <VaultNumber
            settings={settings}
            field="versions_kept"
            label="Versions kept"
            helperText="So many versions of a secret keep their value, the current one included. Lowering the number removes old values."
            bounds={{ min: 2, max: 50 }}
            confirm={({ number, ...question }) => <FewerVersionsDialog kept={number} {...question} />}
          />
          <h3 className="kt-settings__subheading">Expired values</h3>
          <VaultNumber
            settings={settings}
            field="grace_days"
            label="Days until an expired value is erased"
            helperText="An expired value is unreadable at once. It is erased only after this time, and never by a clock that was set wrong."
            bounds={{ min: 1, max: 365 }}
            confirm={({ number, ...question }) => <SoonerErasedDialog days={number} {...question} />}
          />
        </>
      )}
    </SettingsSection>
  );
}
