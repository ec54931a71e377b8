import { Select, SelectItem } from '@carbon/react';

type PathLengthFieldProps = {
  length: number;
  onChange: (length: number) => void;
  error: string | undefined;
};

const lengths = Array.from({ length: 11 }, (_, length) => length);

/** **Maximum path length**: how many authorities may follow below it. */
export function PathLengthField({ length, onChange, error }: PathLengthFieldProps) {
  return (
    <Select
      id="kt-engine-path"
      labelText="Maximum path length"
      helperText="How many authorities may follow below it, one under the other. With 0 it signs certificates only."
      value={length}
      onChange={({ target }) => onChange(Number(target.value))}
      invalid={error !== undefined}
      invalidText={error ?? ''}
    >
      <SelectItem value={-1} text="Any number (−1)" />
      {lengths.map((number) => (
        <SelectItem key={number} value={number} text={String(number)} />
      ))}
    </Select>
  );
}
