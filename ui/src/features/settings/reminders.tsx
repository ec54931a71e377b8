import { Toggle } from '@carbon/react';
import { ProblemNotice } from '../../components/problem-notice';
import type { Settings } from '../../ipc/bindings';
import { useSaveSettings } from '../../ipc/settings';
import { SavedMark } from './saved-mark';
import { SettingsSection } from './settings-section';

/** Whether the desktop tells of secrets that are due for rotation. */
export function Reminders({ settings }: { settings: Settings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection
      title="Reminders"
      lead="A notice names the vault and how many of its secrets are due, never a secret."
    >
      <div className="kt-setting">
        <div className="kt-setting__line">
          <div className="kt-setting__number">
            <Toggle
              id="setting-notify-overdue"
              labelText="Tell on the desktop when secrets are due"
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
