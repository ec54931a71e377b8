import type { IntervalUnit } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';

/** An interval while it is chosen: one of those that are offered, or one of the person's own. */
export type IntervalDraft = {
  own: boolean;
  /** `NaN` while nothing is typed. */
  count: number;
  unit: IntervalUnit;
};

/** The days that are offered, as in IBM's console. */
export const offeredDays: readonly number[] = [30, 60, 90];

export const firstInterval: IntervalDraft = { own: false, count: 30, unit: 'day' };

export function intervalDraft(length: number, unit: IntervalUnit): IntervalDraft {
  return { own: unit !== 'day' || !offeredDays.includes(length), count: length, unit };
}

export function sameInterval(one: IntervalDraft, other: IntervalDraft): boolean {
  return one.count === other.count && one.unit === other.unit;
}

export function isWithin({ count: length }: IntervalDraft, most: number): boolean {
  return Number.isInteger(length) && length >= 1 && length <= most;
}

/** As people say it: `30 days`, `1 month`. */
export function intervalWords({ count: length, unit }: Omit<IntervalDraft, 'own'>): string {
  return `${count(length)} ${unit}${length === 1 ? '' : 's'}`;
}
