import { Checkbox, Stack } from '@carbon/react';
import { PasswordTextField } from '../../components/text-field';
import { fieldError } from '../../ipc/problem';

type Key = { apiKey: string; askForKey: boolean };

type KeyFieldsProps = {
  given: Key;
  onChange: (change: Partial<Key>) => void;
  error: unknown;
  /** Takes the first focus of its dialog. */
  first?: boolean;
};

/** The API key of an instance, and where it is kept. */
export function KeyFields({ given, onChange, error, first = false }: KeyFieldsProps) {
  const fault = fieldError(error, 'api_key');
  const keyringFault = fieldError(error, 'ask_for_key');
  return (
    <Stack gap={5}>
      <PasswordTextField
        id="connection-api-key"
        labelText="API key"
        value={given.apiKey}
        onChange={(event) => onChange({ apiKey: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
        autoComplete="off"
        spellCheck={false}
        showPasswordLabel="Show API key"
        hidePasswordLabel="Hide API key"
        {...(first && { 'data-modal-primary-focus': true })}
      />
      <Checkbox
        id="connection-ask-for-key"
        labelText="Ask for the key each time"
        helperText={
          given.askForKey
            ? 'The key is kept in memory until Keyturn ends.'
            : 'The key is kept in the keyring of this computer.'
        }
        checked={given.askForKey}
        onChange={(_event, { checked }) => onChange({ askForKey: checked })}
        invalid={keyringFault !== undefined}
        invalidText={keyringFault ?? ''}
      />
    </Stack>
  );
}
