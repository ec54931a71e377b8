import { NumberInput } from '@carbon/react';
import { useState } from 'react';
import { ProblemNotice } from '../../components/problem-notice';
import type { Settings } from '../../ipc/bindings';
import { fieldError, unplaced } from '../../ipc/problem';
import { useSaveSettings } from '../../ipc/settings';
import { SavedMark } from './saved-mark';
import { usePause } from './use-pause';

type SecondsSettingProps = {
  field: 'clipboard_seconds' | 'reveal_seconds';
  label: string;
  helperText: string;
  settings: Settings;
};

const bounds = { min: 5, max: 600 };

/** A time in seconds, saved a moment after the last key. */
export function SecondsSetting({ field, label, helperText, settings }: SecondsSettingProps) {
  const save = useSaveSettings();
  const [typed, setTyped] = useState<number | string>(settings[field]);
  const pause = usePause((seconds: number) => save.mutate({ [field]: seconds }));
  const outside = !isSeconds(typed);

  function change(value: number | string) {
    setTyped(value);
    save.reset();
    if (isSeconds(value)) pause.later(Number(value));
    else pause.cancel();
  }

  return (
    <div className="kt-setting">
      <div className="kt-setting__line">
        <div className="kt-setting__number">
          <NumberInput
            id={`setting-${field}`}
            label={label}
            helperText={helperText}
            {...bounds}
            step={5}
            allowEmpty
            value={typed}
            onChange={(_, { value }) => change(value)}
            onBlur={pause.flush}
            invalid={outside || fieldError(save.error, field) !== undefined}
            invalidText={
              outside ? `A whole number from ${bounds.min} to ${bounds.max}.` : (fieldError(save.error, field) ?? '')
            }
            iconDescription={label}
          />
        </div>
        <div className="kt-setting__beside">
          <SavedMark saving={save.isPending} saved={save.isSuccess} />
        </div>
      </div>
      <ProblemNotice error={unplaced(save.error, [field])} />
    </div>
  );
}

function isSeconds(value: number | string): boolean {
  const seconds = Number(value);
  return value !== '' && Number.isInteger(seconds) && seconds >= bounds.min && seconds <= bounds.max;
}
