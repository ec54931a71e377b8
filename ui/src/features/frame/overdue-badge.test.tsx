import { act, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { events } from '../../ipc/bindings';
import { answerCalls, refuse } from '../../ipc/testing';
import { NavLinks } from './nav-links';
import { OverdueBadge } from './overdue-badge';

const entries = [
  { name: 'secrets', title: 'Secrets', icon: () => <svg />, badge: OverdueBadge },
  { name: 'settings', title: 'Settings', icon: () => <svg /> },
];
let total: number | null;

beforeEach(() => {
  answerCalls({
    overdue_total: () => total ?? refuse({ code: 'vault_locked', message: 'The vault is locked.' }),
  });
});

it('counts what is overdue, and again when something changed', async () => {
  total = 1200;
  renderScreen(<NavLinks entries={entries} current="settings" />);
  expect(screen.getByRole('link', { name: 'Secrets' }).textContent).toBe('Secrets');
  expect(await screen.findByRole('link', { name: 'Secrets 1,200 overdue' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Settings' })).toBeTruthy();
  total = 0;
  await act(() => events.instanceChanged.emit({}));
  expect(await screen.findByRole('link', { name: 'Secrets' })).toBeTruthy();
});

it('says nothing that is not known any more', async () => {
  total = 3;
  renderScreen(<NavLinks entries={entries} current="secrets" />);
  await screen.findByRole('link', { name: 'Secrets 3 overdue' });
  total = null;
  await act(() => events.instanceChanged.emit({}));
  expect(await screen.findByRole('link', { name: 'Secrets' })).toBeTruthy();
});
