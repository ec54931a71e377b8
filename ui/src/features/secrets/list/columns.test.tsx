import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { privateSecret } from '../certificate/certificate-fixture';
import { secret } from '../secret-fixture';
import { shownColumns } from './columns';
import { defaultColumns } from './list-state';

const due = { by: 'reminder', at: '2026-01-01T00:00:00Z', overdue: true, reason: '30 days after the last rotation.' } as const;

it('says overdue beside the state, not in its place', () => {
  const [status] = shownColumns(['state'], undefined);
  render(<>{status?.cell(secret('db', { due }))}</>);
  expect(screen.getByText('Active')).toBeTruthy();
  expect(screen.getByText('Overdue')).toBeTruthy();
});

it('says revoked beside the state', () => {
  const [status] = shownColumns(['state'], undefined);
  render(<>{status?.cell(privateSecret({ revocation_time_rfc3339: '2026-02-03T04:05:06Z' }))}</>);
  expect(screen.getByText('Active')).toBeTruthy();
  expect(screen.getByText('Revoked')).toBeTruthy();
});

it('has the next rotation as a column that is chosen, and sorted by', () => {
  expect(defaultColumns).not.toContain('due');
  expect(shownColumns([...defaultColumns, 'due'], undefined).find(({ title }) => title === 'Next rotation')?.sort).toBe('due');
});
