import { Stack, TextInput } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { ExpirationField } from '../../fields/expiration-field';
import type { DraftProps } from '../secret-type';
import { PasswordField } from './password-field';
import type { NewCredentials } from './username-password';

/** User name and first password of new credentials, and when they end. */
export function AddStep({ draft, onChange, error }: DraftProps<NewCredentials>) {
  const fault = fieldError(error, 'username');
  return (
    <Stack gap={7}>
      <TextInput
        id="kt-username"
        labelText="User name"
        helperText="2 to 64 letters, digits and the signs + , - . / : ; < =. It cannot be changed later."
        autoComplete="off"
        spellCheck={false}
        value={draft.username}
        onChange={(event) => onChange({ ...draft, username: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
      <PasswordField
        password={draft.password}
        onChange={(password) => onChange({ ...draft, password })}
        known={draft.username}
        error={error}
      />
      <ExpirationField
        expiration={draft.expiration}
        onChange={(expiration) => onChange({ ...draft, expiration })}
        error={fieldError(error, 'expiration_date')}
      />
    </Stack>
  );
}
