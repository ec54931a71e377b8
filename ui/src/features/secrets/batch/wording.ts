import type { Problem } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';

/** So many secrets, in words. */
export function secretCount(number: number): string {
  return number === 1 ? '1 secret' : `${count(number)} secrets`;
}

/** A problem as one line of a list. */
export function problemText({ message, remedy }: Problem): string {
  return remedy ? `${message} ${remedy}` : message;
}
