import { Checkbox, CheckboxGroup, NumberInput, Stack } from '@carbon/react';
import { generatedLength, lengthFault, type Policy } from './password';
import { TextField } from '../../../../components/text-field';

type PolicyFieldsProps = {
  policy: Policy;
  /** The policy of the secret, which may be read anew while the fields are open. */
  before: Policy;
  onChange: (policy: Policy) => void;
  error?: string | undefined;
};

/** Length and characters of generated passwords; remembered with the secret. */
export function PolicyFields({ policy, before, onChange, error }: PolicyFieldsProps) {
  const set = (change: Partial<Policy>) => onChange({ ...policy, ...change });
  const length = lengthFault(policy);
  return (
    <Stack gap={5}>
      <NumberInput
        id="kt-password-length"
        className="kt-field__short"
        label="Length"
        min={generatedLength.shortest}
        max={generatedLength.longest}
        allowEmpty
        // Carbon takes a value from outside a moment late, and a key pressed in between would be lost
        key={before.length}
        defaultValue={Number.isNaN(policy.length) ? '' : policy.length}
        onChange={(_, { value }) => set({ length: value === '' ? Number.NaN : Number(value) })}
        invalid={length !== null}
        invalidText={length ?? ''}
        iconDescription="Change the length"
        data-modal-primary-focus
      />
      <CheckboxGroup
        legendText="Characters"
        orientation="horizontal"
        invalid={error !== undefined && length === null}
        invalidText={error ?? ''}
        helperText="Lower-case letters are always in. A password has at least one character of each kind."
      >
        <Checkbox
          id="kt-password-uppercase"
          labelText="Upper-case letters"
          checked={policy.include_uppercase}
          onChange={(_, { checked }) => set({ include_uppercase: checked })}
        />
        <Checkbox
          id="kt-password-digits"
          labelText="Digits"
          checked={policy.include_digits}
          onChange={(_, { checked }) => set({ include_digits: checked })}
        />
        <Checkbox
          id="kt-password-symbols"
          labelText="Symbols"
          checked={policy.include_symbols}
          onChange={(_, { checked }) => set({ include_symbols: checked })}
        />
      </CheckboxGroup>
      <TextField
        id="kt-password-excluded"
        labelText="Characters to leave out"
        placeholder="O0Il1"
        helperText="For systems that refuse some characters, or where people read them aloud."
        autoComplete="off"
        spellCheck={false}
        value={policy.exclude_characters}
        onChange={(event) => set({ exclude_characters: event.target.value })}
      />
    </Stack>
  );
}
