import { RadioButton, RadioButtonGroup } from '@carbon/react';
import { ProblemNotice } from '../../components/problem-notice';
import type { Settings, Theme } from '../../ipc/bindings';
import { useSaveSettings } from '../../ipc/settings';
import { SavedMark } from './saved-mark';
import { SettingsSection } from './settings-section';

const themes: readonly { theme: Theme; label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'white', label: 'Light' },
  { theme: 'g100', label: 'Dark' },
];

export function Appearance({ settings }: { settings: Settings }) {
  const save = useSaveSettings();
  return (
    <SettingsSection title="Appearance">
      <div className="kt-setting">
        <div className="kt-setting__line">
          <RadioButtonGroup
            legendText="Theme"
            name="theme"
            valueSelected={settings.theme}
            onChange={(chosen) => {
              const found = themes.find(({ theme }) => theme === chosen);
              if (found) save.mutate({ theme: found.theme });
            }}
          >
            {themes.map(({ theme, label }) => (
              <RadioButton key={theme} id={`theme-${theme}`} value={theme} labelText={label} />
            ))}
          </RadioButtonGroup>
          <div className="kt-setting__beside">
            <SavedMark saving={save.isPending} saved={save.isSuccess} />
          </div>
        </div>
        <ProblemNotice error={save.error} />
      </div>
    </SettingsSection>
  );
}
