import { Select, SelectItem } from '@carbon/react';
import { fieldError } from '../../../ipc/problem';
import { keyChoices, keyWords, type KeyChoice } from './key-choice';

type KeyFieldProps = { chosen: KeyChoice; onChange: (key: KeyChoice) => void; error: unknown };

/** **Key algorithm**. */
export function KeyField({ chosen, onChange, error }: KeyFieldProps) {
  const fault = fieldError(error, 'key_type') ?? fieldError(error, 'key_bits');
  return (
    <Select
      id="kt-engine-key"
      labelText="Key algorithm"
      value={keyWords(chosen)}
      onChange={({ target }) => {
        const key = keyChoices.find((choice) => keyWords(choice) === target.value);
        if (key) onChange(key);
      }}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
    >
      {keyChoices.map((choice) => (
        <SelectItem key={keyWords(choice)} value={keyWords(choice)} text={keyWords(choice)} />
      ))}
    </Select>
  );
}
