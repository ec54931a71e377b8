import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveReceipt } from '../../../ipc/bindings';
import { refuse } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { box, showSecrets, ticked, type Vault } from '../secrets-page-fixture';

let vault: Vault;
let answer: () => ArchiveReceipt | null;

beforeEach(() => {
  const gone = secret('old', { availability: { view: 'The secret has expired.' } });
  vault = { rows: [secret('api'), secret('build'), gone], filters: [] };
  answer = () => ({ name: 'mine.zip', saved: 2, left_out: [] });
});

async function open(...names: string[]) {
  const page = showSecrets(vault, { save_secrets: () => answer() });
  for (const name of names) await userEvent.click(await box(name));
  const button = screen.getByRole('button', { name: 'Download' });
  button.focus();
  await userEvent.keyboard('{Enter}');
  return { ...page, button, dialog: await screen.findByRole('dialog', { name: /^Download/ }) };
}

const confirm = (dialog: HTMLElement) => userEvent.click(within(dialog).getByRole('button', { name: 'Download' }));

describe('DownloadDialog', () => {
  it('says what leaves the vault, and saves what can be read', async () => {
    const { dialog, sent, button } = await open('api', 'build', 'old');
    expect(dialog.textContent).toContain(
      'The current values of 2 secrets are written, unencrypted, into one ZIP file that only you can read. Each reading is recorded.',
    );
    expect(within(dialog).getByRole('list', { name: 'Cannot be read' }).textContent).toBe('old: The secret has expired.');
    await confirm(dialog);
    await screen.findByText('Saved mine.zip');
    expect(screen.getByText('2 values')).toBeTruthy();
    expect(sent('save_secrets')).toEqual([{ ids: ['id-api', 'id-build'] }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(ticked()).toEqual(['api', 'build', 'old']);
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('stays as it is when the native dialog is cancelled', async () => {
    answer = () => null;
    const { dialog, sent } = await open('api');
    await confirm(dialog);
    await waitFor(() => expect(sent('save_secrets')).toHaveLength(1));
    expect(within(dialog).queryByRole('alert')).toBeNull();
    expect(screen.queryByText('Saved mine.zip')).toBeNull();
    expect(within(dialog).getByRole('button', { name: 'Download' })).toBeTruthy();
  });

  it('lists what was left out, and claims no more than what was saved', async () => {
    const problem = { code: 'value_gone', message: 'The value is no longer kept.', remedy: 'Rotate the secret.' } as const;
    answer = () => ({ name: 'mine.zip', saved: 1, left_out: [{ name: 'build', problem }] });
    const { dialog } = await open('api', 'build');
    await confirm(dialog);
    const list = await within(dialog).findByRole('list', { name: 'Not in the file' });
    expect(list.textContent).toBe('build: The value is no longer kept. Rotate the secret.');
    expect(within(dialog).getByRole('alert').textContent).toBe('mine.zip holds 1 of 2 values. Not in it:');
    expect(screen.getByText('1 of 2 values are in it.')).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: 'Cancel' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('tells why nothing was saved', async () => {
    answer = () => refuse({ code: 'disk_full', message: 'No space is left.', remedy: 'Nothing was saved.' });
    const { dialog } = await open('api');
    await confirm(dialog);
    expect((await within(dialog).findByRole('alert')).textContent).toContain('No space is left.');
  });

  it('is out of order, with the reason, when nothing can be read', async () => {
    const { dialog } = await open('old');
    expect(within(dialog).getByText('None of the selected secrets can be read.')).toBeTruthy();
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Download' }).disabled).toBe(true);
    expect(dialog.contains(document.activeElement)).toBe(true);
  });
});
