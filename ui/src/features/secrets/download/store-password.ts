import { fieldProblem } from '../../../ipc/problem';
import type { Problem } from '../../../ipc/bindings';
import { characterCount } from '../../../components/amounts';
import { textFault } from '../../../components/text-fault';

/** Shortest password that the programs that read key stores take. */
const shortest = 6;

/** A password of a key store, typed twice. */
export type StorePassword = { password: string; repeated: string };

/** What is wrong with it, at the field that it is about. */
export function passwordFault({ password, repeated }: StorePassword): Problem | null {
  const broken = textFault('password', password);
  if (broken) return broken;
  if (characterCount(password) < shortest) {
    return fieldProblem('password', `A password of a key store has at least ${shortest} characters.`);
  }
  return password === repeated ? null : fieldProblem('repeated', 'This is not the same password.');
}
