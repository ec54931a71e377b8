import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListSecrets, ListState, SecretView } from '../../ipc/bindings';
import { mockIPC, refuse } from '../../ipc/testing';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import { askForDialog } from './asked-dialog';
import { page, secret } from './secret-fixture';
import { SecretsPage } from './secrets-page';

const expired = secret('old-token', {
  availability: { rotate: 'The secret is destroyed; only deletion is left.' },
});

let rows: SecretView[];
let asked: ListSecrets[];
let kept: ListState | null;
let failing: boolean;
let deleted: Promise<null> | null;
let gone: boolean;

beforeEach(() => {
  rows = [secret('db-password'), expired];
  asked = [];
  kept = null;
  failing = false;
  deleted = null;
  gone = false;
  onFinishRecovery.mockClear();
  mockIPC(
    (command, args) => {
      if (command === 'load_list_state') return kept;
      if (command === 'save_list_state') return ((kept = (args as { state: ListState }).state), null);
      if (command === 'list_labels') return ['prod'];
      if (command === 'get_settings') return { reveal_seconds: 15 };
      if (command === 'delete_secret') return deleted ?? ((rows = rows.slice(1)), null);
      if (command === 'get_secret') return gone ? refuse({ code: 'not_found', message: 'The secret was not found.' }) : rows[0];
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

const onFinishRecovery = vi.fn();
const show = (recoveryConfirmed = true) =>
  renderScreen(
    <ToastHost>
      <SecretsPage recoveryConfirmed={recoveryConfirmed} onFinishRecovery={onFinishRecovery} />
    </ToastHost>,
  );
const search = () => screen.getByRole('searchbox', { name: 'Search secrets' });
const row = (name: string) => screen.findByRole('button', { name });

describe('SecretsPage', () => {
  it('shows a page of secrets with their states in words', async () => {
    show();
    await row('db-password');
    const table = screen.getByRole('table', { name: 'Secrets' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(within(table).getAllByText('Active')).toHaveLength(2);
    expect(screen.getByText(/1–2 of 2 items/)).toBeTruthy();
  });

  it('searches as one types, and says what a single character lacks', async () => {
    show();
    await row('db-password');
    expect(search().getAttribute('placeholder')).toContain('certificates: names, issuer, serial number');
    await userEvent.type(search(), 'o');
    expect(screen.getByText('Type at least 2 characters to search.')).toBeTruthy();
    expect(asked.at(-1)?.search).toBeNull();
    await userEvent.type(search(), 'ld');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'db-password' })).toBeNull());
    expect(asked.at(-1)?.search).toBe('old');
  });

  it('puts the focus into the search by /, but not while one types', async () => {
    show();
    await row('db-password');
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(search());
    await userEvent.keyboard('a/b');
    expect((search() as HTMLInputElement).value).toBe('a/b');
  });

  it('keeps search, order and columns for the next start', async () => {
    const { unmount } = show();
    await row('db-password');
    await userEvent.click(screen.getByRole('button', { name: /Last rotated/ }));
    await userEvent.type(search(), 'old');
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Labels' }));
    unmount();
    expect(kept?.query.search).toBe('old');

    show();
    await row('old-token');
    expect((search() as HTMLInputElement).value).toBe('old');
    expect(asked.at(-1)?.sort).toEqual({ key: 'rotated_at', descending: false });
    expect(screen.getByRole('columnheader', { name: 'Labels' })).toBeTruthy();
  });

  it('tells an empty vault from a search without result', async () => {
    rows = [];
    show();
    await screen.findByText('No secrets yet');
    rows = [secret()];
    await userEvent.type(search(), 'zz');
    await screen.findByText('No secret matches');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await row('db-password');
    expect(document.activeElement).toBe(search());
  });

  it('says why the list cannot be read, and tries again', async () => {
    failing = true;
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('The vault cannot be read.');
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await row('db-password');
  });

  it('opens the menu of a row, with reasons for what cannot be done', async () => {
    show();
    await userEvent.click(await row('Actions for old-token'));
    const rotate = screen.getByRole('menuitem', { name: 'Rotate' });
    expect(rotate.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('The secret is destroyed; only deletion is left.')).toBeTruthy();
    rotate.focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(rotate);
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for old-token' }));
  });

  it('comes to what cannot be done by the arrow keys', async () => {
    show();
    await userEvent.click(await row('Actions for old-token'));
    screen.getByRole('menuitem', { name: 'Details' }).focus();
    await userEvent.keyboard('{ArrowDown}');
    const rotate = screen.getByRole('menuitem', { name: 'Rotate' });
    expect(document.activeElement).toBe(rotate);
    const reason = document.getElementById(rotate.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('The secret is destroyed; only deletion is left.');
  });

  it('leads to the recovery code as long as nothing can be saved', async () => {
    rows = [];
    show(false);
    await screen.findByText(/Finish setting up the recovery code first/);
    for (const add of screen.getAllByRole('button', { name: 'Add' })) await userEvent.click(add);
    expect(onFinishRecovery).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leaves the next dialog open when a command of the last one ends', async () => {
    let end: (answer: null) => void = () => undefined;
    deleted = new Promise<null>((resolve) => (end = resolve));
    show();
    await userEvent.click(await row('Actions for db-password'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
    await userEvent.type(await screen.findByLabelText('Name of the secret'), 'db-password');
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: /Delete$/ }).disabled).toBe(false));
    await userEvent.keyboard('{Enter}{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    const add = await screen.findByRole('dialog', { name: 'Add a secret' });
    await act(async () => {
      rows = rows.slice(1);
      end(null);
      await Promise.resolve();
    });
    await screen.findByText('Deleted db-password');
    expect(add.isConnected).toBe(true);
  });

  it('gives the focus back to the row when its dialog is closed', async () => {
    show();
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
    show();
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
    show();
    await row('db-password');
    rows = [...rows, secret('new-one')];
    await act(() => events.instanceChanged.emit({}));
    await row('new-one');
  });

  it('says when the secret that another page asked for is gone', async () => {
    show();
    await row('db-password');
    gone = true;
    act(() => askForDialog({ action: 'challenges', secretId: 'id-shop' }));
    await screen.findByText('The secret was not found.');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
