import { ContentSwitcher, Switch } from '@carbon/react';
import { useId } from 'react';
import { characterCount } from '../../../../components/amounts';
import { fieldError } from '../../../../ipc/problem';
import { shownPolicy, type PasswordDraft } from './password';
import { PolicyFields } from './policy-fields';
import { strengthWords, useStrength } from './use-strength';
import { PasswordTextField } from '../../../../components/text-field';

type PasswordFieldProps = {
  password: PasswordDraft;
  onChange: (password: PasswordDraft) => void;
  /** What a guesser would try first. */
  known?: string;
  error: unknown;
};

const sources = ['generate', 'enter'] as const;

/** A password that the instance generates, or one that is typed. */
export function PasswordField({ password, onChange, known = '', error }: PasswordFieldProps) {
  const { source, text } = password;
  const label = useId();
  const fault = fieldError(error, 'password');
  const strength = useStrength(source === 'enter' ? text : '', known);
  return (
    <div className="kt-field" role="group" aria-labelledby={label}>
      <p id={label} className="cds--label">
        Password
      </p>
      <ContentSwitcher
        size="md"
        aria-label="How the password is made"
        selectedIndex={sources.indexOf(source)}
        onChange={({ index }) => onChange({ ...password, source: sources[index ?? 0] ?? 'generate' })}
      >
        <Switch name="generate" text="Generate a password" />
        <Switch name="enter" text="Enter a password" />
      </ContentSwitcher>
      {source === 'generate' ? (
        <PolicyFields
          policy={shownPolicy(password)}
          before={password.before}
          onChange={(changed) => onChange({ ...password, policy: changed })}
          error={fieldError(error, 'password_generation_policy')}
        />
      ) : (
        <PasswordTextField
          id="kt-password"
          labelText="New password"
          autoComplete="off"
          spellCheck={false}
          showPasswordLabel="Show password"
          hidePasswordLabel="Hide password"
          helperText={`${characterCount(text)} of 6 to 256 characters. ${strength ? strengthWords(strength) : ''}`}
          value={text}
          onChange={(event) => onChange({ ...password, text: event.target.value })}
          invalid={fault !== undefined}
          invalidText={fault ?? ''}
          data-modal-primary-focus
        />
      )}
    </div>
  );
}
