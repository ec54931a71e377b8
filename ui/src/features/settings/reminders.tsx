import { Toggle } from '@carbon/react';
import { ProblemNotice } from '../../components/problem-notice';
import type { Settings } from '../../ipc/bindings';
import { useSaveSettings } from '../../ipc/settings';
import { SavedMark } from './saved-mark';
import { SettingsSection } from './settings-section';

/** Whether the desktop tells of secrets that are due for rotation, and of orders that ended. */
export function Reminders({ settings }: { settings: Settings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection
      title="Reminders"
      lead="A notice names the vault, and how many of its secrets are due or whether an order succeeded, never a secret. An order that ends while you work in the window is told there."
    >
      <div className="kt-setting">
        <div className="kt-setting__line">
          <div className="kt-setting__number">
            <Toggle
              id="setting-notify-overdue"
              labelText="Tell on the desktop when secrets are due and when orders of public certificates end"
              labelA="Off"
              labelB="On"
              toggled={settings.notify_overdue}
              onToggle={(notify_overdue) => save.mutate({ notify_overdue })}
            />
          </div>
          <div className="kt-setting__beside">
            <SavedMark saving={save.isPending} saved={save.isSuccess} />
          </div>
        </div>
        <ProblemNotice error={save.error} />
      </div>
    </SettingsSection>
  );
}
