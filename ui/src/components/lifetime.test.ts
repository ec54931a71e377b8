import { describe, expect, it } from 'vitest';
import { lifetimeFault, lifetimeFrom, lifetimeWords, noLifetime, ttlSeconds, ttlText } from './lifetime';

describe('a lifetime', () => {
  it('is sent as the service writes it', () => {
    expect(ttlText({ text: '365', unit: 'day' })).toBe('8760h');
    expect(ttlText({ text: ' 72 ', unit: 'hour' })).toBe('72h');
    expect(ttlText({ text: '30', unit: 'second' })).toBe('30s');
    expect(ttlText(noLifetime('hour'))).toBeNull();
  });

  it('is shown in the largest unit that comes out even', () => {
    expect(lifetimeFrom('43200s', 'hour')).toEqual({ text: '12', unit: 'hour' });
    expect(lifetimeFrom('720h', 'hour')).toEqual({ text: '30', unit: 'day' });
    expect(lifetimeFrom('90', 'hour')).toEqual({ text: '90', unit: 'second' });
    expect(lifetimeFrom(null, 'day')).toEqual({ text: '', unit: 'day' });
    expect(lifetimeWords(86_400)).toBe('1 day');
    expect(lifetimeWords(315_360_000)).toBe('3,650 days');
    expect(ttlSeconds('1w')).toBeNull();
  });

  it('is a whole number', () => {
    expect(lifetimeFault({ text: '1.5', unit: 'hour' })).toBe('Enter a whole number.');
    expect(lifetimeFault({ text: '-1', unit: 'hour' })).toBe('Enter a whole number.');
    expect(lifetimeFault({ text: '', unit: 'hour' })).toBeNull();
  });
});
