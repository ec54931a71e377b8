import type { Comparison, ShownComparison } from '../../../ipc/bindings';
import { byteSize, count } from '../../../components/amounts';

type Compared = Comparison | ShownComparison;

/** Whether the two values are not the same. */
export function differs(compared: Compared): boolean {
  if (compared.kind !== 'keys') return !compared.same;
  return compared.added + compared.removed + compared.changed > 0;
}

/** Whether there is something to see beyond the masked comparison. */
export function hasValues(compared: Compared): boolean {
  return compared.kind !== 'bytes' && differs(compared);
}

/** How much differs, in one line. */
export function differenceWords(compared: Compared): string {
  if (!differs(compared)) return sameWords(compared);
  switch (compared.kind) {
    case 'keys':
      return counted([
        [compared.added, 'added'],
        [compared.removed, 'removed'],
        [compared.changed, 'changed'],
        [compared.unchanged, 'unchanged'],
      ]);
    case 'lines': {
      const { added, removed } = compared;
      const lines = (number: number) => (number === 1 ? 'line' : 'lines');
      const words = counted([
        [added, `${lines(added)} added`],
        [removed, added === 0 ? `${lines(removed)} removed` : 'removed'],
      ]);
      return `${words}; ${sizes(compared)}`;
    }
    case 'bytes':
      return `The values are not the same; ${sizes(compared)}`;
    case 'password':
      return 'The password is another one.';
  }
}

function sameWords(compared: Compared): string {
  if (compared.kind === 'password') return 'The password is the same.';
  if (compared.kind !== 'bytes') return 'The values are the same.';
  return `The values are the same; both have ${byteSize(compared.new_size)}.`;
}

function counted(parts: [number, string][]): string {
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${count(number)} ${words}`)
    .join(', ');
}

function sizes({ old_size, new_size }: { old_size: number; new_size: number }): string {
  return `${byteSize(old_size)} → ${byteSize(new_size)}`;
}
