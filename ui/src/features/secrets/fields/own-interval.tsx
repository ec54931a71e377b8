import { NumberInput, Select, SelectItem } from '@carbon/react';
import { useId, useState } from 'react';
import type { IntervalUnit } from '../../../ipc/bindings';
import type { IntervalDraft } from './interval';

type OwnIntervalProps = {
  interval: IntervalDraft;
  /** What may be counted; with one of them there is nothing to choose. */
  units: readonly IntervalUnit[];
  onChange: (interval: IntervalDraft) => void;
  error?: string | undefined;
};

const unitWords: Readonly<Record<IntervalUnit, string>> = { day: 'Days', month: 'Months', hour: 'Hours' };

/** An interval as a number and its unit. */
export function OwnInterval({ interval, units, onChange, error }: OwnIntervalProps) {
  const id = useId();
  const [only] = units.length === 1 ? units : [];
  const field = useFieldFor(interval.count);
  return (
    <div className="kt-interval__own">
      <NumberInput
        id={`${id}-count`}
        className="kt-interval__count"
        label={only ? unitWords[only] : 'Interval'}
        min={1}
        allowEmpty
        key={field.round}
        defaultValue={Number.isNaN(interval.count) ? '' : interval.count}
        onChange={(_, { value }) => {
          const typed = value === '' ? Number.NaN : Number(value);
          field.hear(typed);
          onChange({ ...interval, count: typed });
        }}
        invalid={error !== undefined}
        invalidText={error ?? ''}
        iconDescription="Change the interval"
      />
      {!only && (
        <Select
          id={`${id}-unit`}
          className="kt-interval__unit"
          labelText="Unit"
          value={interval.unit}
          onChange={({ target }) => {
            const unit = units.find((known) => known === target.value);
            if (unit) onChange({ ...interval, unit });
          }}
        >
          {units.map((unit) => (
            <SelectItem key={unit} value={unit} text={unitWords[unit]} />
          ))}
        </Select>
      )}
    </div>
  );
}

/**
 * Carbon takes a number from outside a moment late, and a key pressed in between would be lost. So it
 * keeps what is typed, and a number that comes from elsewhere, a secret read anew say, makes a new field.
 */
function useFieldFor(count: number) {
  const [known, setKnown] = useState(count);
  const [round, setRound] = useState(0);
  if (!Object.is(known, count)) {
    setKnown(count);
    setRound(round + 1);
  }
  return { round, hear: setKnown };
}
