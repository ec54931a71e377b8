import { Stack } from '@carbon/react';
import { fieldError } from '../../../ipc/problem';
import { PasswordTextField } from '../../../components/text-field';
import type { StorePassword } from './store-password';

type StorePasswordFieldsProps = {
  typed: StorePassword;
  onChange: (change: Partial<StorePassword>) => void;
  error: unknown;
};

const shared = {
  autoComplete: 'off',
  spellCheck: false,
  showPasswordLabel: 'Show password',
  hidePasswordLabel: 'Hide password',
};

/** The password of a key store, typed twice. It goes with the dialog. */
export function StorePasswordFields({ typed, onChange, error }: StorePasswordFieldsProps) {
  const fault = fieldError(error, 'password');
  const repeatFault = fieldError(error, 'repeated');
  return (
    <Stack gap={5}>
      <PasswordTextField
        {...shared}
        id="kt-store-password"
        labelText="Password of the file"
        helperText="At least 6 characters. Who reads the file needs it; Keyturn does not keep it."
        value={typed.password}
        onChange={(event) => onChange({ password: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
      <PasswordTextField
        {...shared}
        id="kt-store-repeated"
        labelText="Repeat the password"
        value={typed.repeated}
        onChange={(event) => onChange({ repeated: event.target.value })}
        invalid={repeatFault !== undefined}
        invalidText={repeatFault ?? ''}
      />
    </Stack>
  );
}
