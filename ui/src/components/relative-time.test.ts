import { describe, expect, it } from 'vitest';
import { relativeTime } from './relative-time';

const now = new Date(2026, 10, 24, 22, 0, 0);

describe('relativeTime', () => {
  it.each([
    [new Date(2026, 11, 6, 1, 0, 0), 'in 12 days'],
    [new Date(2026, 10, 25, 7, 0, 0), 'tomorrow'],
    [new Date(2026, 10, 23, 23, 59, 0), 'yesterday'],
    [new Date(2026, 10, 24, 19, 30, 0), '2 hours ago'],
    [new Date(2026, 10, 24, 22, 5, 30), 'in 5 minutes'],
    [new Date(2026, 10, 24, 21, 59, 50), 'just now'],
    [new Date(2026, 10, 24, 22, 0, 30), 'in less than a minute'],
    [new Date(2027, 1, 22), 'in 3 months'],
    [new Date(2029, 10, 24), 'in 3 years'],
  ])('%s is %s', (moment, words) => {
    expect(relativeTime(moment, now)).toBe(words);
  });
});
