import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ListSecrets, ListState, SecretView } from '../../ipc/bindings';
import { mockIPC } from '../../ipc/testing';
import { renderScreen } from '../../components/render-screen';
import { page, secret } from './secret-fixture';
import { SecretsPage } from './secrets-page';

const expired = secret('old-token', {
  availability: { rotate: 'The secret is destroyed; only deletion is left.' },
});

let rows: SecretView[];
let asked: ListSecrets[];
let kept: ListState | null;
let failing: boolean;

beforeEach(() => {
  rows = [secret('db-password'), expired];
  asked = [];
  kept = null;
  failing = false;
  mockIPC(
    (command, args) => {
      if (command === 'load_list_state') return kept;
      if (command === 'save_list_state') return ((kept = (args as { state: ListState }).state), null);
      if (command === 'list_labels') return ['prod'];
      if (command === 'get_settings') return { reveal_seconds: 15 };
      if (command === 'delete_secret') return ((rows = rows.slice(1)), null);
      if (command === 'get_secret') return rows[0];
      if (command !== 'list_secrets') throw new Error(command);
      const { query } = args as { query: ListSecrets };
      asked.push(query);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
      if (failing) throw { code: 'io', message: 'The vault cannot be read.', remedy: 'Check the disk.' };
      return page(rows.filter(({ metadata }) => metadata.name.includes(query.search ?? '')));
    },
    { shouldMockEvents: true },
  );
});

const search = () => screen.getByRole('searchbox', { name: 'Search secrets' });
const row = (name: string) => screen.findByRole('button', { name });

describe('SecretsPage', () => {
  it('shows a page of secrets with their states in words', async () => {
    renderScreen(<SecretsPage />);
    await row('db-password');
    const table = screen.getByRole('table', { name: 'Secrets' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(within(table).getAllByText('Active')).toHaveLength(2);
    expect(screen.getByText(/1–2 of 2 items/)).toBeTruthy();
  });

  it('searches as one types, and says what a single character lacks', async () => {
    renderScreen(<SecretsPage />);
    await row('db-password');
    await userEvent.type(search(), 'o');
    expect(screen.getByText('Type at least 2 characters to search.')).toBeTruthy();
    expect(asked.at(-1)?.search).toBeNull();
    await userEvent.type(search(), 'ld');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'db-password' })).toBeNull());
    expect(asked.at(-1)?.search).toBe('old');
  });

  it('puts the focus into the search by /, but not while one types', async () => {
    renderScreen(<SecretsPage />);
    await row('db-password');
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(search());
    await userEvent.keyboard('a/b');
    expect((search() as HTMLInputElement).value).toBe('a/b');
  });

  it('keeps search, order and columns for the next start', async () => {
    const { unmount } = renderScreen(<SecretsPage />);
    await row('db-password');
    await userEvent.click(screen.getByRole('button', { name: /Last rotated/ }));
    await userEvent.type(search(), 'old');
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Labels' }));
    unmount();
    expect(kept?.query.search).toBe('old');

    renderScreen(<SecretsPage />);
    await row('old-token');
    expect((search() as HTMLInputElement).value).toBe('old');
    expect(asked.at(-1)?.sort).toEqual({ key: 'rotated_at', descending: false });
    expect(screen.getByRole('columnheader', { name: 'Labels' })).toBeTruthy();
  });

  it('tells an empty vault from a search without result', async () => {
    rows = [];
    renderScreen(<SecretsPage />);
    await screen.findByText('No secrets yet');
    rows = [secret()];
    await userEvent.type(search(), 'zz');
    await screen.findByText('No secret matches');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await row('db-password');
  });

  it('says why the list cannot be read, and tries again', async () => {
    failing = true;
    renderScreen(<SecretsPage />);
    expect((await screen.findByRole('alert')).textContent).toContain('The vault cannot be read.');
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await row('db-password');
  });

  it('opens the menu of a row, with reasons for what cannot be done', async () => {
    renderScreen(<SecretsPage />);
    await userEvent.click(await row('Actions for old-token'));
    const rotate = screen.getByRole('menuitem', { name: 'Rotate' });
    expect(rotate.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('The secret is destroyed; only deletion is left.')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for old-token' }));
  });

  it('gives the focus back to the row when its dialog is closed', async () => {
    renderScreen(<SecretsPage />);
    await userEvent.click(await row('Actions for db-password'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'View secret' }));
    await screen.findByRole('dialog', { name: 'View secret' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for db-password' })),
    );
  });

  it('deletes after the name was typed, and leaves the focus on the page', async () => {
    renderScreen(<SecretsPage />);
    await userEvent.click(await row('Actions for db-password'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete db-password' });
    const button = await within(dialog).findByRole<HTMLButtonElement>('button', { name: /Delete/ });
    expect(button.disabled).toBe(true);
    await within(dialog).findByText(/all its 3 versions/);
    await userEvent.type(within(dialog).getByLabelText('Name of the secret'), 'db-password{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'db-password' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add' })));
  });

  it('reads the list again when another window changed something', async () => {
    const { events } = await import('../../ipc/bindings');
    renderScreen(<SecretsPage />);
    await row('db-password');
    rows = [...rows, secret('new-one')];
    await act(() => events.instanceChanged.emit({}));
    await row('new-one');
  });
});
