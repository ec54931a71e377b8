import { Select, SelectItem, Stack, Toggle } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { keyChoice, keyChoiceOf, keyChoices } from '../request/key-choice';
import type { RequestProps } from './request-fields';

/** The key of a request, and whether an update makes a new one. */
export function KeyFields({ request, onChange, error }: RequestProps) {
  const fault = fieldError(error, 'key_type') ?? fieldError(error, 'key_bits') ?? fieldError(error, 'private_key');
  return (
    <Stack gap={5}>
      <Select
        id="kt-csr-key"
        labelText="Key algorithm"
        helperText="Another algorithm or size makes a new key."
        value={keyChoiceOf(request.key_type, request.key_bits).id}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
        onChange={({ target }) => {
          const { type, bits } = keyChoice(target.value);
          onChange({ key_type: type, key_bits: bits });
        }}
      >
        {keyChoices.map(({ id, words }) => (
          <SelectItem key={id} value={id} text={words} />
        ))}
      </Select>
      <Toggle
        id="kt-csr-rotate-keys"
        labelText="Make a new key"
        labelA="No"
        labelB="Yes, with the update"
        toggled={request.rotate_keys ?? false}
        onToggle={(on) => onChange({ rotate_keys: on })}
      />
    </Stack>
  );
}
