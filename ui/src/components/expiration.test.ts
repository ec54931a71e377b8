import { describe, expect, it } from 'vitest';
import { dayIn, expirationAt, expirationDraft, expirationFault } from './expiration';

const now = new Date(2026, 10, 24, 12, 0, 0);

describe('expiration', () => {
  it('is the end of the chosen day where the person is', () => {
    const at = expirationAt({ on: true, day: '2027-03-31' });
    expect(new Date(at ?? '')).toEqual(new Date(2027, 2, 31, 23, 59, 59));
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(expirationAt({ on: false, day: '2027-03-31' })).toBeNull();
  });

  it.each(['', '2027-02-31', '2027-13-01', '31.3.2027', '2027-3-1', 'tomorrow'])('refuses %s as a day', (day) => {
    expect(expirationFault({ on: true, day }, now)).toContain('YYYY-MM-DD');
    expect(expirationAt({ on: true, day })).toBeNull();
  });

  it('refuses a day that is over, and takes today', () => {
    expect(expirationFault({ on: true, day: '2026-11-23' }, now)).toContain('over');
    expect(expirationFault({ on: true, day: '2026-11-24' }, now)).toBeNull();
    expect(expirationFault({ on: false, day: '' }, now)).toBeNull();
  });

  it('counts days over months, and reads back what was set', () => {
    expect(dayIn(30, now)).toBe('2026-12-24');
    const draft = { on: true, day: '2027-03-31' };
    expect(expirationDraft(expirationAt(draft))).toEqual(draft);
    expect(expirationDraft(null)).toEqual({ on: false, day: '' });
  });
});
