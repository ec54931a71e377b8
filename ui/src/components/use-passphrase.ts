import { useState } from 'react';
import { textFault } from './text-fault';

/** Shortest passphrase, as the vault has it. */
const shortest = 10;

type Typed = { passphrase: string; repeated: string };
export type Faults = { passphrase?: string | undefined; repeated?: string | undefined };

/** A new passphrase, typed twice. It is kept nowhere else and goes with its form. */
export function usePassphrase() {
  const [typed, setTyped] = useState<Typed>({ passphrase: '', repeated: '' });
  const [asked, setAsked] = useState(false);

  return {
    typed,
    faults: asked ? faultsOf(typed) : {},
    change: (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part })),
    /** The passphrase if it will do; otherwise the fields say why not. */
    take(): string | null {
      setAsked(true);
      const { passphrase, repeated } = faultsOf(typed);
      return passphrase === undefined && repeated === undefined ? typed.passphrase : null;
    },
    forget() {
      setTyped({ passphrase: '', repeated: '' });
      setAsked(false);
    },
  };
}

export type NewPassphrase = ReturnType<typeof usePassphrase>;

function faultsOf({ passphrase, repeated }: Typed): Faults {
  const broken = textFault('passphrase', passphrase);
  if (broken) return { passphrase: broken.message };
  if (Array.from(passphrase).length < shortest) return { passphrase: `A passphrase has at least ${shortest} characters.` };
  if (passphrase !== repeated) return { repeated: 'This is not the same passphrase.' };
  return {};
}
