import type { IntervalUnit, RotationPolicy } from '../../../ipc/bindings';
import { firstInterval, intervalDraft, intervalWords, isWithin, sameInterval, type IntervalDraft } from './interval';

/** Automatic rotation while it is chosen. The interval is kept while it is off. */
export type AutoRotation = {
  on: boolean;
  interval: IntervalDraft;
  /** Whether with new keys, for public certificates, which have no interval; absent for all others. */
  newKeys?: boolean;
};

export const noAutoRotation: AutoRotation = { on: false, interval: firstInterval };

// as the contract has it: 1 day to 24 months; hours are for custom credentials, 3 months of them
const most: Readonly<Record<IntervalUnit, number>> = { day: 731, month: 24, hour: 2208 };

export function autoRotation(policy: RotationPolicy | null): AutoRotation {
  if (policy?.rotate_keys != null) return { ...noAutoRotation, on: policy.auto_rotate, newKeys: policy.rotate_keys };
  if (!policy?.auto_rotate) return noAutoRotation;
  return { on: true, interval: intervalDraft(policy.interval ?? Number.NaN, policy.unit ?? 'day') };
}

export function rotationPolicy({ on, interval, newKeys }: AutoRotation): RotationPolicy {
  if (newKeys !== undefined) return { auto_rotate: on, rotate_keys: newKeys };
  return on ? { auto_rotate: true, interval: interval.count, unit: interval.unit } : { auto_rotate: false };
}

export function sameRotation(one: AutoRotation, other: AutoRotation): boolean {
  if (one.newKeys !== other.newKeys || one.on !== other.on) return false;
  return one.newKeys !== undefined || !one.on || sameInterval(one.interval, other.interval);
}

/** Why it cannot be taken; `null`: it can, or it is off. */
export function rotationFault({ on, interval, newKeys }: AutoRotation): string | null {
  return !on || newKeys !== undefined || isWithin(interval, most[interval.unit]) ? null : 'The interval is 1 day to 24 months.';
}

export function rotationWords({ on, interval }: AutoRotation): string {
  return on ? `Every ${intervalWords(interval)}` : 'Off';
}
