import type { Checked } from '../../../../ipc/bindings';
import { count } from '../../../../components/amounts';
import { isGone, isThere, standing } from './checked-words';

/** How many of the records stand how, in words: "38 of 100 seen, 2 wrong, 60 missing"; `null`: nothing is known yet. */
export function tallyWords(
  records: readonly string[],
  found: ReadonlyMap<string, Checked>,
  removing: boolean,
): string | null {
  const known = records.map((record) => found.get(record)).filter((checked) => checked !== undefined);
  if (known.length === 0) return null;
  const those = (is: (checked: Checked) => boolean) => known.filter(is).length;
  const parts: [number, string][] = removing
    ? [
        [those(isThere), 'still there'],
        [those((checked) => !isGone(checked) && !isThere(checked)), 'without an answer'],
      ]
    : [
        [those((checked) => standing(checked) === 'wrong'), 'wrong'],
        [those((checked) => standing(checked) === 'missing'), 'missing'],
        [those((checked) => standing(checked) === 'faulty'), 'not in order'],
        [those((checked) => standing(checked) === 'unknown'), 'without an answer'],
      ];
  parts.push([records.length - known.length, 'not checked yet']);
  const good = those(removing ? isGone : ({ agreed }) => agreed);
  const rest = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return [`${count(good)} of ${count(records.length)} ${removing ? 'gone' : 'seen'}`, ...rest].join(', ');
}
