import type { UnlockKind } from '../../ipc/bindings';

/** What the unlock methods are called. */
export const methodNames: Readonly<Record<UnlockKind, string>> = {
  keyring: 'Keyring',
  passphrase: 'Passphrase',
  recovery_code: 'Recovery code',
};
