import { expect, it } from 'vitest';
import { localMoments } from './local-moments';

it('says when in the time of the person, and leaves the rest as it is', () => {
  const local = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
  const [first, second] = ['2026-12-24T10:00:00Z', '2027-01-23T10:00:00Z'];
  expect(localMoments(`It rotates at ${first}, and then every 30 days.`)).toBe(
    `It rotates at ${local.format(new Date(first))}, and then every 30 days.`,
  );
  expect(localMoments(`From ${first} to ${second}.`)).not.toMatch(/T10:00:00Z/);
  expect(localMoments('30 days after the last rotation.')).toBe('30 days after the last rotation.');
});
