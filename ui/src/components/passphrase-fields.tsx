import { Stack } from '@carbon/react';
import { useId } from 'react';
import type { NewPassphrase } from './use-passphrase';
import { PasswordTextField } from './text-field';

type PassphraseFieldsProps = {
  passphrase: NewPassphrase;
  /** What Rust says about it. */
  error?: string | undefined;
  readOnly?: boolean;
};

/** A new passphrase, typed twice. */
export function PassphraseFields({ passphrase, error, readOnly = false }: PassphraseFieldsProps) {
  const id = useId();
  const { typed, faults, change } = passphrase;
  const fault = faults.passphrase ?? error;
  const shared = {
    autoComplete: 'off',
    spellCheck: false,
    showPasswordLabel: 'Show passphrase',
    hidePasswordLabel: 'Hide passphrase',
    readOnly,
  };
  return (
    <Stack gap={5}>
      <PasswordTextField
        {...shared}
        id={`${id}-new`}
        labelText="Passphrase"
        helperText="At least 10 characters. A few random words are easy to remember and hard to guess."
        value={typed.passphrase}
        onChange={(event) => change({ passphrase: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
        data-modal-primary-focus
      />
      <PasswordTextField
        {...shared}
        id={`${id}-repeated`}
        labelText="Repeat the passphrase"
        value={typed.repeated}
        onChange={(event) => change({ repeated: event.target.value })}
        invalid={faults.repeated !== undefined}
        invalidText={faults.repeated ?? ''}
      />
    </Stack>
  );
}
