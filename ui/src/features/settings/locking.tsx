import { Dropdown } from '@carbon/react';
import { ProblemNotice } from '../../components/problem-notice';
import type { Settings } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import { useSaveSettings } from '../../ipc/settings';
import { SavedMark } from './saved-mark';
import { SecondsSetting } from './seconds-setting';
import { SettingsSection } from './settings-section';

const choices = [1, 5, 10, 30, 60, 0];

/** When the window locks, and how long a value stays on screen and clipboard. */
export function Locking({ settings }: { settings: Settings }) {
  return (
    <SettingsSection title="Locking and values">
      <AutoLock settings={settings} />
      <SecondsSetting
        field="clipboard_seconds"
        label="Clipboard time (seconds)"
        helperText="A copied value leaves the clipboard after this time, and when the vault locks."
        settings={settings}
      />
      <SecondsSetting
        field="reveal_seconds"
        label="Reveal time (seconds)"
        helperText="A value that is shown is hidden again after this time."
        settings={settings}
      />
    </SettingsSection>
  );
}

function AutoLock({ settings }: { settings: Settings }) {
  const save = useSaveSettings();
  const current = settings.auto_lock_minutes;
  const items = choices.includes(current) ? choices : [current, ...choices];
  const error = fieldError(save.error, 'auto_lock_minutes');
  return (
    <div className="kt-setting">
      <div className="kt-setting__line">
        <Dropdown
          id="setting-auto-lock"
          className="kt-setting__choice"
          titleText="Auto-lock"
          helperText="The vault locks when nothing was typed or clicked and the pointer not moved for this time. It also locks when the screen locks or the computer sleeps; Never switches that off too."
          label="Choose a time"
          items={items}
          itemToString={(minutes) => inWords(minutes ?? current)}
          selectedItem={current}
          onChange={({ selectedItem }) => {
            if (selectedItem !== null && selectedItem !== current) save.mutate({ auto_lock_minutes: selectedItem });
          }}
          invalid={error !== undefined}
          invalidText={error ?? ''}
        />
        <div className="kt-setting__beside">
          <SavedMark saving={save.isPending} saved={save.isSuccess} />
        </div>
      </div>
      <ProblemNotice error={unplaced(save.error, ['auto_lock_minutes'])} />
    </div>
  );
}

function inWords(minutes: number): string {
  if (minutes === 0) return 'Never';
  return minutes === 1 ? 'After 1 minute' : `After ${minutes} minutes`;
}
