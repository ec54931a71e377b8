import { Select, SelectItem } from '@carbon/react';
import { lifetimeFault, type Lifetime, type LifetimeUnit } from './lifetime';
import { TextField } from './text-field';

type LifetimeFieldProps = {
  id: string;
  label: string;
  helperText?: string;
  lifetime: Lifetime;
  onChange: (lifetime: Lifetime) => void;
  units?: readonly LifetimeUnit[];
  error?: string | undefined;
};

const words: Readonly<Record<LifetimeUnit, string>> = {
  second: 'Seconds',
  minute: 'Minutes',
  hour: 'Hours',
  day: 'Days',
};
const usual: readonly LifetimeUnit[] = ['hour', 'day'];

/** A length of time: a number and its unit. */
export function LifetimeField({ id, label, helperText, lifetime, onChange, units = usual, error }: LifetimeFieldProps) {
  const fault = lifetimeFault(lifetime) ?? error;
  const shown = units.includes(lifetime.unit) ? units : [lifetime.unit, ...units];
  return (
    <div className="kt-lifetime">
      <TextField
        id={id}
        labelText={label}
        {...(helperText === undefined ? {} : { helperText })}
        inputMode="numeric"
        autoComplete="off"
        value={lifetime.text}
        onChange={(event) => onChange({ ...lifetime, text: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
      <Select
        id={`${id}-unit`}
        className="kt-lifetime__unit"
        labelText={`Unit of ${label}`}
        value={lifetime.unit}
        onChange={({ target }) => {
          const unit = shown.find((known) => known === target.value);
          if (unit) onChange({ ...lifetime, unit });
        }}
      >
        {shown.map((unit) => (
          <SelectItem key={unit} value={unit} text={words[unit]} />
        ))}
      </Select>
    </div>
  );
}
