import { Button, InlineLoading } from '@carbon/react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { textFault } from '../../../../../components/text-fault';
import { PasswordTextField } from '../../../../../components/text-field';
import type { PartName } from './part';

type FilePasswordProps = {
  name: PartName;
  /** What the file is called. */
  file: string;
  /** Why the last one did not open it. */
  wrong?: string | undefined;
  /** One wanted to go on without it. */
  asked: boolean;
  busy: boolean;
  slow: boolean;
  onOpen: (password: string) => void;
};

/** Asks for the password of an encrypted file. It is kept no longer than the file takes to open. */
export function FilePassword({ name, file, wrong, asked, busy, slow, onOpen }: FilePasswordProps) {
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    // who picked the file is here; who went on meanwhile stays there
    if (active === document.body || active === field.current?.closest('.kt-file')?.firstElementChild) {
      field.current?.focus();
    }
  }, []);
  const fault =
    textFault('password', password)?.message ?? wrong ?? (asked ? `Open ${file}, or remove it.` : undefined);

  function open(): void {
    if (!busy && password !== '' && password.isWellFormed()) onOpen(password);
  }
  function openByEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    // it is no confirmation of the whole form
    event.preventDefault();
    open();
  }

  return (
    <div className="kt-file-password">
      <PasswordTextField
        ref={field}
        id={`kt-file-password-${name}`}
        labelText="Password of the file"
        showPasswordLabel="Show password"
        hidePasswordLabel="Hide password"
        helperText="The file is encrypted. The password is not kept."
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        onKeyDown={openByEnter}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
      <Button kind="tertiary" size="md" disabled={password === ''} onClick={open}>
        Open
      </Button>
      {slow && <InlineLoading description="Opening…" />}
    </div>
  );
}
