import { Toggle } from '@carbon/react';
import { rotationFault, type AutoRotation } from './auto-rotation';
import { IntervalField } from './interval-field';

type AutoRotationFieldProps = {
  rotation: AutoRotation;
  onChange: (rotation: AutoRotation) => void;
  error?: string | undefined;
};

const units = ['day', 'month'] as const;

/** Whether the instance rotates by itself, and how often. */
export function AutoRotationField({ rotation, onChange, error }: AutoRotationFieldProps) {
  return (
    <div className="kt-field">
      <Toggle
        id="kt-auto-rotation"
        labelText="Automatic rotation"
        labelA="Off"
        labelB="On"
        toggled={rotation.on}
        onToggle={(on) => onChange({ ...rotation, on })}
      />
      {rotation.on && (
        <IntervalField
          legend="Rotate every"
          interval={rotation.interval}
          units={units}
          onChange={(interval) => onChange({ ...rotation, interval })}
          error={rotationFault(rotation) ?? error}
          helperText="Counted from the last rotation, also when that was done by hand."
        />
      )}
    </div>
  );
}
