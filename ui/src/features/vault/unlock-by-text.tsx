import { Button, InlineLoading, Stack } from '@carbon/react';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../components/enter-form';
import { ProblemNotice } from '../../components/problem-notice';
import { textFault } from '../../components/text-fault';
import { useAction } from '../../components/use-action';
import { fieldError, unplaced } from '../../ipc/problem';
import { PasswordTextField, TextField } from '../../components/text-field';

type UnlockByTextProps = {
  kind: 'passphrase' | 'recovery_code';
  unlock: (secret: string) => Promise<void>;
  takesFocus: boolean;
};

/** Unlocks with something typed. The text is nowhere else and goes once the vault is open. */
export function UnlockByText({ kind, unlock, takesFocus }: UnlockByTextProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const open = useAction(async () => {
    await unlock(text);
    setText('');
  });
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  const fault = textFault(kind, text)?.message ?? fieldError(open.error, kind);
  const shared = {
    ref: field,
    id: `unlock-${kind}`,
    value: text,
    onChange: (event: { target: { value: string } }) => {
      setText(event.target.value);
      open.clear();
    },
    readOnly: open.busy,
    invalid: fault !== undefined,
    invalidText: fault ?? '',
    autoComplete: 'off',
    spellCheck: false,
  };

  return (
    <EnterForm onSubmit={() => text !== '' && !textFault(kind, text) && void open.run()} error={open.error}>
      <Stack gap={5}>
        {kind === 'passphrase' ? (
          <PasswordTextField
            {...shared}
            labelText="Passphrase"
            showPasswordLabel="Show passphrase"
            hidePasswordLabel="Hide passphrase"
          />
        ) : (
          <TextField
            {...shared}
            className="kt-code__field"
            labelText="Recovery code"
            helperText="15 groups of four characters. Dashes, spaces and capital letters do not matter."
          />
        )}
        <ProblemNotice error={unplaced(open.error, [kind])} />
        <Button type="submit" disabled={text === ''}>
          Unlock
        </Button>
        {open.slow && <InlineLoading description="Unlocking…" />}
      </Stack>
    </EnterForm>
  );
}
