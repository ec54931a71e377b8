import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeletionReceipt, Problem, Selected } from '../../../ipc/bindings';
import { refuse } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { box, showSecrets, ticked, type Vault } from '../secrets-page-fixture';

const locked = secret('locked', { availability: { delete: 'The current version is locked by “deploy”.' } });
const conflict: Problem = { code: 'conflict', message: 'Somebody changed it since it was read.' };

let vault: Vault;
let keeping: string[];

beforeEach(() => {
  vault = { rows: [secret('api'), secret('build', { revision: 'r7' }), locked, secret('zebra')], filters: [] };
  keeping = [];
});

function remove({ secrets }: { secrets: Selected[] }): DeletionReceipt {
  const kept = secrets.filter(({ id }) => keeping.includes(id)).map(({ id }) => ({ id, problem: conflict }));
  const gone = secrets.map(({ id }) => id).filter((id) => !keeping.includes(id));
  vault.rows = vault.rows.filter(({ metadata }) => !gone.includes(metadata.id));
  return { deleted: gone.length, kept };
}

async function open(names: string[], answer: (args: never) => unknown = remove) {
  const page = showSecrets(vault, { delete_secrets: answer });
  for (const name of names) await userEvent.click(await box(name));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  return { ...page, dialog: await screen.findByRole('dialog', { name: /^Delete/ }) };
}

const confirm = (word = 'delete{Enter}') => userEvent.type(screen.getByLabelText('Confirmation'), word);

describe('DeleteDialog for several secrets', () => {
  it('names them, asks for the word, and deletes what the person saw', async () => {
    const { dialog, sent } = await open(['build', 'api', 'locked']);
    expect(within(dialog).getByRole('heading', { name: 'Delete 3 secrets' })).toBeTruthy();
    expect(dialog.textContent).toContain('2 secrets go with all their versions');
    const names = within(within(dialog).getByRole('list', { name: 'To be deleted' })).getAllByRole('listitem');
    expect(names.map(({ textContent }) => textContent)).toEqual(['api', 'build']);
    expect(within(dialog).getByRole('list', { name: 'Cannot be deleted' }).textContent).toBe(
      'locked: The current version is locked by “deploy”.',
    );
    const button = within(dialog).getByRole<HTMLButtonElement>('button', { name: /Delete$/ });
    await confirm('Delete{Enter}');
    expect(button.disabled).toBe(true);
    await userEvent.clear(screen.getByLabelText('Confirmation'));
    // what somebody else changes meanwhile must come back as a conflict, not be deleted unseen
    vault.rows = vault.rows.map((row) => ({ ...row, revision: 'newer' }));
    await confirm();
    await screen.findByText('2 secrets deleted');
    expect(sent('delete_secrets')).toEqual([
      {
        secrets: [
          { id: 'id-api', revision: 'r1' },
          { id: 'id-build', revision: 'r7' },
        ],
        typed: 'delete',
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'api' })).toBeNull());
    expect(ticked()).toEqual(['locked']);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Delete' })));
  });

  it('goes to Add when nothing is left to be selected', async () => {
    await open(['api']);
    await confirm();
    await screen.findByText('1 secret deleted');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add' })));
  });

  it('keeps selected what was not deleted, says why, and tries again with what is there now', async () => {
    keeping = ['id-build'];
    const { sent } = await open(['api', 'build', 'locked']);
    await confirm();
    const left = await screen.findByRole('dialog', { name: '1 secret was not deleted' });
    expect(within(left).getByRole('list').textContent).toBe('build: Somebody changed it since it was read.');
    expect(screen.getByText('1 secret deleted')).toBeTruthy();
    expect(screen.getByText('1 was not deleted.')).toBeTruthy();
    keeping = [];
    vault.rows = vault.rows.map((row) => ({ ...row, revision: 'newer' }));
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('dialog', { name: 'Delete 1 secret' });
    await confirm();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('delete_secrets')[1]).toEqual({ secrets: [{ id: 'id-build', revision: 'newer' }], typed: 'delete' });
    expect(ticked()).toEqual(['locked']);
  });

  it('tells a refusal of the whole, and keeps the selection', async () => {
    const { dialog } = await open(['api'], () => refuse({ code: 'read_only', message: 'The vault is read-only.' }));
    await confirm();
    await within(dialog).findByText('The vault is read-only.');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(ticked()).toEqual(['api']);
  });

  it('asks for nothing when none of them can be deleted', async () => {
    const { dialog } = await open(['locked']);
    expect(within(dialog).getByText('None of the selected secrets can be deleted.')).toBeTruthy();
    expect(screen.queryByLabelText('Confirmation')).toBeNull();
    expect(dialog.contains(document.activeElement)).toBe(true);
  });
});
