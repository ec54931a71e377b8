import type { DraftProps } from '../secret-type';
import type { PasswordDraft } from './password';
import { PasswordField } from './password-field';

/** The password that replaces the current one. */
export function RotateBody({ draft, onChange, error }: DraftProps<PasswordDraft>) {
  return <PasswordField password={draft} onChange={onChange} error={error} />;
}
