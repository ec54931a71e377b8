import type { CopyPlan, CopyReport, PlannedVersion } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';

/** So many versions, in words. */
export function versionCount(number: number): string {
  return number === 1 ? '1 version' : `${count(number)} versions`;
}

/** What of a secret's versions comes along. */
export function whatComes({ versions, copied_total: copied }: CopyPlan): string {
  if (copied === versions.length) return `${versionCount(copied)} with ${copied === 1 ? 'its value' : 'their values'}, oldest first.`;
  return `Values of ${count(copied)} of ${versionCount(versions.length)} are kept and come along, oldest first.`;
}

/** The versions that stay behind, those with the same reason together. */
export function leftBehind(versions: readonly PlannedVersion[]): string[] {
  const reasons = new Map<string, number[]>();
  for (const { number, left_behind: reason } of versions) {
    if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), number]);
  }
  return [...reasons].map(([reason, numbers]) => `${ranges(numbers)}: ${reason}`);
}

/** What became of a copy, in one sentence. */
export function howItEnded({ outcome, versions, planned_total: planned }: CopyReport): string {
  if (outcome.kind === 'checked') {
    const gone = versions.filter(({ kept }) => !kept).length;
    const read = `${versionCount(versions.length)} ${versions.length === 1 ? 'was' : 'were'} read back: the same, byte for byte.`;
    return gone === 0 ? read : `${read} The other instance has since dropped the values of ${count(gone)} of them.`;
  }
  const there = `${count(versions.length)} of ${versionCount(planned)} are there.`;
  return outcome.kind === 'cancelled' ? `Ended before it was whole. ${there}` : `${outcome.problem.message} ${there}`;
}

/** `Versions 1–3, 5`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  const text = parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  return `${numbers.length === 1 ? 'Version' : 'Versions'} ${text}`;
}
