import { Select, SelectItem } from '@carbon/react';
import { TextField } from '../../../components/text-field';
import { lives, type KeyDraft } from './key-draft';

type LifeFieldProps = {
  life: KeyDraft['life'];
  day: string;
  onChange: (part: Partial<KeyDraft>) => void;
  error: string | undefined;
};

/** When the key ends. */
export function LifeField({ life, day, onChange, error }: LifeFieldProps) {
  return (
    <div className="kt-api__life">
      <Select
        id="kt-key-life"
        labelText="Expires"
        value={life}
        invalid={life !== 'date' && error !== undefined}
        invalidText={error ?? ''}
        onChange={({ target }) => {
          const found = lives.find((known) => known.life === target.value);
          if (found) onChange({ life: found.life });
        }}
      >
        {lives.map(({ life: value, label }) => (
          <SelectItem key={value} value={value} text={label} />
        ))}
      </Select>
      {life === 'date' && (
        <TextField
          id="kt-key-day"
          labelText="Last day"
          placeholder="YYYY-MM-DD"
          autoComplete="off"
          value={day}
          onChange={(event) => onChange({ day: event.target.value })}
          invalid={error !== undefined}
          invalidText={error ?? ''}
        />
      )}
    </div>
  );
}
