import { Stack } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import { AutoRotationField } from '../../fields/auto-rotation-field';
import { ExpirationField } from '../../fields/expiration-field';
import type { DraftProps } from '../secret-type';
import { PasswordField } from './password-field';
import type { NewCredentials } from './username-password';
import { TextField } from '../../../../components/text-field';

/** User name and first password of new credentials, when they are rotated and when they end. */
export function AddStep({ draft, onChange, error }: DraftProps<NewCredentials>) {
  const fault = fieldError(error, 'username');
  return (
    <Stack gap={7}>
      <TextField
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
      <AutoRotationField
        rotation={draft.rotation}
        onChange={(rotation) => onChange({ ...draft, rotation })}
        error={fieldError(error, 'rotation')}
      />
      <ExpirationField
        expiration={draft.expiration}
        onChange={(expiration) => onChange({ ...draft, expiration })}
        error={fieldError(error, 'expiration_date')}
      />
    </Stack>
  );
}
