import { useState } from 'react';
import { PasswordTextField } from '../../../../../components/text-field';

type TextPasswordProps = {
  password: string;
  onChange: (password: string) => void;
  /** Why the text cannot be opened with this one. */
  error?: string | undefined;
};

/** The password of what was entered as text: there from when it is needed for the first time. */
export function TextPassword({ password, onChange, error }: TextPasswordProps) {
  const [needed, setNeeded] = useState(password !== '');
  if (error !== undefined && !needed) setNeeded(true);
  if (!needed) return null;
  return (
    <PasswordTextField
      id="kt-text-password"
      labelText="Password of the entered text"
      showPasswordLabel="Show password"
      hidePasswordLabel="Hide password"
      helperText="What you entered is encrypted. The password is not kept."
      autoComplete="off"
      value={password}
      onChange={(event) => onChange(event.target.value)}
      invalid={error !== undefined}
      invalidText={error ?? ''}
    />
  );
}
