import type { Code, Problem } from '../../ipc/bindings';
import { isProblem } from '../../ipc/problem';

const remedies: Partial<Record<Code, string>> = {
  keyring_absent: 'Continue with a passphrase. The keyring can be added in Settings once it is there.',
  keyring_locked: 'Unlock the keyring and try again, or continue with a passphrase.',
};

/** Whether the keyring is what failed. */
export function isKeyringTrouble(error: unknown): error is Problem {
  return isProblem(error) && error.code.startsWith('keyring_');
}

/** The same trouble while a vault is being created: there is nothing yet to unlock another way. */
export function whileCreating(problem: Problem): Problem {
  const remedy = remedies[problem.code] ?? 'Continue with a passphrase. The keyring can be added in Settings later.';
  return { ...problem, remedy: `No vault was created. ${remedy}` };
}
