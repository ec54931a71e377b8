import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lock, SecretView } from '../../../ipc/bindings';
import { answerCalls, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { DetailsPanel } from '../details/details-panel';
import { page, secret } from '../secret-fixture';
import { SecretsPage } from '../secrets-page';
import { VersionHistory } from '../versions/version-history';
import { lock, lockedVersions, lockPageOf, summary } from './lock-fixture';

const ref = { id: 'id-db-password', name: 'db-password' };

let locks: Lock[];
let held: boolean;
let calls: Call[];

function view(): SecretView {
  const made = secret('db-password', { held_by_locks: held });
  return { ...made, metadata: { ...made.metadata, locks_total: locks.length } };
}

beforeEach(() => {
  locks = [lock('app-1'), lock('app-2'), lock('app-1', 'previous')];
  held = false;
  calls = answerCalls({
    get_secret: view,
    get_secrets: () => [view()],
    list_secrets: () => page([view(), secret('unlocked')]),
    list_labels: () => [],
    list_groups: () => [],
    overdue_total: () => 0,
    load_list_state: () => null,
    save_list_state: () => null,
    load_saved_filters: () => [],
    list_versions: () => lockedVersions(locks),
    list_locks: () => lockPageOf(locks, 0, 25),
    check_fields: () => [],
    preview_policy: () => ({ at_once: false, effect: '', next: null, hindrance: null }),
    create_locks: () => summary(locks),
  });
});

const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));

describe('the list of secrets', () => {
  const show = () =>
    renderScreen(
      <ToastHost>
        <SecretsPage recoveryConfirmed onFinishRecovery={vi.fn()} />
      </ToastHost>,
    );

  it('counts locks, and shows nothing where there are none', async () => {
    show();
    await screen.findByRole('button', { name: 'db-password' });
    const table = screen.getByRole('table', { name: 'Secrets' });
    expect(within(table).getByRole('columnheader', { name: /Locks/ })).toBeTruthy();
    const cells = [...table.querySelectorAll('.kt-list__locks')].filter(({ tagName }) => tagName === 'TD');
    expect(cells.map(({ textContent }) => textContent)).toEqual(['3', '']);
    await userEvent.click(within(table).getByRole('button', { name: /Locks/ }));
    await waitFor(() =>
      expect(calls.filter(({ command }) => command === 'list_secrets').at(-1)?.args).toMatchObject({
        query: { sort: { key: 'locks_total', descending: false } },
      }),
    );
  });

  it('says of an expired secret that its locks keep it', async () => {
    held = true;
    show();
    await screen.findByRole('button', { name: 'db-password' });
    expect(screen.getByText('Active, expired but locked')).toBeTruthy();
  });

  it('leads to the locks of a row, and gives the focus back to it', async () => {
    show();
    await press('Actions for db-password');
    const items = screen.getAllByRole('menuitem').map(({ textContent }) => textContent);
    expect(items.indexOf('Locks')).toBe(items.indexOf('Version history') + 1);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Locks' }));
    await screen.findByRole('dialog', { name: 'Locks' });
    await screen.findByRole('heading', { name: 'app-2' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for db-password' })),
    );
  });
});

describe('Details', () => {
  it('leads to the locks without losing what was changed', async () => {
    const onClose = vi.fn();
    renderScreen(<DetailsPanel secret={ref} onClose={onClose} onSaved={vi.fn()} />);
    const description = await screen.findByLabelText<HTMLTextAreaElement>('Description');
    await userEvent.type(description, 'for the web');
    expect(screen.getByText('3 locks')).toBeTruthy();
    await press('Show locks');
    await screen.findByRole('dialog', { name: 'Locks' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Locks' })).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByText('Changes are not saved.')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Show locks' })));
    expect(description.value).toBe('for the web');
  });

  it('saves nothing of its own when a lock is created above it', async () => {
    renderScreen(<DetailsPanel secret={ref} onClose={vi.fn()} onSaved={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText('Description'), 'for the web');
    await press('Show locks');
    await press('Create lock');
    const dialog = await screen.findByRole('dialog', { name: 'Create lock' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'app-9{Enter}');
    await waitFor(() => expect(calls.some(({ command }) => command === 'create_locks')).toBe(true));
    expect(calls.some(({ command }) => command === 'edit_secret')).toBe(false);
  });

  it('explains an expired secret that its locks keep', async () => {
    held = true;
    renderScreen(<DetailsPanel secret={ref} onClose={vi.fn()} onSaved={vi.fn()} />);
    await screen.findByText('Active, expired but locked');
    expect(screen.getByText(/When the last lock is deleted, the secret is destroyed/)).toBeTruthy();
  });
});

describe('Version history', () => {
  async function show() {
    renderScreen(
      <ToastHost>
        <VersionHistory secret={ref} onClose={vi.fn()} />
      </ToastHost>,
    );
    await screen.findByText('Version 3');
  }

  it('counts the locks of each version', async () => {
    await show();
    const cards = within(screen.getByRole('list', { name: 'Versions of db-password' })).getAllByRole('listitem');
    expect(cards[0]?.textContent).toContain('2 locks');
    expect(cards[1]?.textContent).toContain('1 lock');
    expect(cards[2]?.textContent).not.toContain('1 lock');
  });

  it('locks the version that was meant, and gives the focus back', async () => {
    await show();
    await press('Lock version 2');
    await screen.findByRole('dialog', { name: 'Create lock' });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Previous (version 2)' }).checked).toBe(true);
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'app-9{Enter}');
    await screen.findByText('Created the lock app-9');
    expect(calls.find(({ command }) => command === 'create_locks')?.args).toMatchObject({ version: 'version-2' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Lock version 2' })));
  });

  it('says why an older version cannot be locked', async () => {
    await show();
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Lock version 1' });
    expect(button.disabled).toBe(true);
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Only the current and the previous version can be locked.',
    );
  });
});
