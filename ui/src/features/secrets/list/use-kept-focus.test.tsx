import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { events } from '../../../ipc/bindings';
import { secret } from '../secret-fixture';
import { box, showSecrets, type Vault } from '../secrets-page-fixture';

it('goes to Add when the row with the focus is gone', async () => {
  const vault: Vault = { rows: [secret('api'), secret('build')], filters: [] };
  showSecrets(vault);
  (await box('api')).focus();
  vault.rows = vault.rows.slice(1);
  await act(() => events.instanceChanged.emit({}));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add' })));
});

it('leaves a dialog over the row alone, and what is focused elsewhere', async () => {
  const vault: Vault = { rows: [secret('api'), secret('build')], filters: [] };
  showSecrets(vault);
  (await box('api')).focus();
  await userEvent.keyboard('v');
  const dialog = await screen.findByRole('dialog', { name: 'View secret' });
  vault.rows = vault.rows.slice(1);
  await act(() => events.instanceChanged.emit({}));
  await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Select api', hidden: true })).toBeNull());
  expect(dialog.contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add' })));
});
