import { describe, expect, it } from 'vitest';
import { validityState } from './validity';

const now = new Date('2026-06-15T12:00:00Z');

describe('validityState', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'Valid'],
    ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z', 'Valid, ends soon'],
    ['2026-01-01T00:00:00Z', '2026-06-15T11:59:59Z', 'Expired'],
    ['2026-06-16T00:00:00Z', '2027-01-01T00:00:00Z', 'Not valid yet'],
    // it will never be valid, which is worse than not yet
    ['2027-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'Expired'],
  ])('from %s to %s is "%s"', (from, until, word) => {
    expect(validityState(from, until, now).word).toBe(word);
  });
});
