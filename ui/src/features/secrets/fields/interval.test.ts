import { describe, expect, it } from 'vitest';
import { autoRotation, noAutoRotation, rotationFault, rotationPolicy, rotationWords, sameRotation } from './auto-rotation';
import { intervalDraft, intervalWords } from './interval';
import { reminderDraft, reminderFault, reminderInput, reminderWords } from './reminder';

describe('an interval', () => {
  it('is one of those offered, or an own one', () => {
    expect(intervalDraft(60, 'day').own).toBe(false);
    expect(intervalDraft(45, 'day').own).toBe(true);
    // 30 months are not 30 days
    expect(intervalDraft(30, 'month').own).toBe(true);
  });

  it('reads as people say it', () => {
    expect(intervalWords({ count: 1, unit: 'month' })).toBe('1 month');
    expect(intervalWords({ count: 1000, unit: 'day' })).toBe('1,000 days');
  });
});

describe('automatic rotation', () => {
  const monthly = { auto_rotate: true, interval: 1, unit: 'month' } as const;

  it('comes back as it was read, and off without an interval', () => {
    expect(rotationPolicy(autoRotation(monthly))).toEqual(monthly);
    expect(rotationPolicy({ ...autoRotation(monthly), on: false })).toEqual({ auto_rotate: false });
    expect(rotationWords(autoRotation(monthly))).toBe('Every 1 month');
    expect(rotationWords(noAutoRotation)).toBe('Off');
  });

  it('is the same while it is off, whatever its interval', () => {
    const off = { ...autoRotation(monthly), on: false };
    expect(sameRotation(off, noAutoRotation)).toBe(true);
    expect(sameRotation(autoRotation(monthly), off)).toBe(false);
    expect(sameRotation(autoRotation(monthly), { on: true, interval: intervalDraft(1, 'day') })).toBe(false);
  });

  it.each([
    [1, 'day', true],
    [731, 'day', true],
    [732, 'day', false],
    [24, 'month', true],
    [25, 'month', false],
    [0, 'day', false],
    [1.5, 'day', false],
    [Number.NaN, 'month', false],
  ] as const)('takes every %s %ss: %s', (count, unit, taken) => {
    const fault = rotationFault({ on: true, interval: intervalDraft(count, unit) });
    expect(fault).toBe(taken ? null : 'The interval is 1 day to 24 months.');
    expect(rotationFault({ on: false, interval: intervalDraft(count, unit) })).toBeNull();
  });
});

describe('a reminder', () => {
  const until = '2099-01-01T00:00:00Z';

  it('stays put off when its interval changes', () => {
    expect(reminderInput(intervalDraft(45, 'day'), { every_days: 30, snoozed_until: until })).toEqual({
      every_days: 45,
      snoozed_until: until,
    });
    expect(reminderInput(reminderDraft({ every_days: 30 }))).toEqual({ every_days: 30 });
    expect(reminderInput(null, { every_days: 30 })).toBeNull();
  });

  it('has limits, and words', () => {
    expect(reminderFault(intervalDraft(3650, 'day'))).toBeNull();
    expect(reminderFault(intervalDraft(3651, 'day'))).toBe('A reminder comes every 1 to 3,650 days.');
    expect(reminderFault(intervalDraft(Number.NaN, 'day'))).not.toBeNull();
    expect(reminderFault(null)).toBeNull();
    expect(reminderWords(intervalDraft(1, 'day'))).toBe('Every 1 day');
    expect(reminderWords(null)).toBe('Off');
  });
});
