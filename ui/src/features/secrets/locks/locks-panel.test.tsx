import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListLocks, Lock, Problem, SecretView, VersionView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { secret } from '../secret-fixture';
import { lock, lockedVersions, lockPageOf, summary } from './lock-fixture';
import { LocksPanel } from './locks-panel';

type Deletion = { version: string; names: string[] | null };

let locks: Lock[];
let view: Partial<SecretView>;
let versions: (() => VersionView[]) | null;
let refusals: Map<string, Problem>;
let calls: Call[];

function remove({ version, names }: Deletion) {
  const refusal = refusals.get(version);
  if (refusal) refuse(refusal);
  locks = locks.filter((each) => each.secret_version_id !== version || (names && !names.includes(each.name)));
  return summary(locks);
}

beforeEach(() => {
  locks = [];
  view = {};
  versions = null;
  refusals = new Map();
  calls = answerCalls({
    get_secret: () => secret('db-password', { revision: `r${locks.length}`, ...view }),
    list_versions: () => versions?.() ?? lockedVersions(locks),
    list_locks: ({ query }: { query: ListLocks }) => {
      const found = locks.filter(({ name }) => name.includes(query.search ?? ''));
      if (query.descending) found.reverse();
      return lockPageOf(found, query.offset ?? 0, query.limit ?? 25);
    },
    check_fields: () => [],
    check_metadata: ({ text }: { text: string }) =>
      text.includes('}')
        ? null
        : refuse({ code: 'bad_request', message: 'This is not JSON: line 1, column 1.', target: { type: 'field', name: 'attributes' } }),
    delete_locks: remove,
  });
});

async function open(onClose = vi.fn()) {
  renderScreen(
    <ToastHost>
      <LocksPanel secret={{ id: 'id-db-password', name: 'db-password' }} onClose={onClose} />
    </ToastHost>,
  );
  await screen.findByRole('button', { name: 'Create lock' });
  return onClose;
}
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));
const confirm = async () => {
  const dialog = await screen.findByRole('dialog', { name: /^Delete/ });
  await userEvent.click(within(dialog).getByRole('button', { name: /Delete$/ }));
};
const deletions = () => calls.filter(({ command }) => command === 'delete_locks').map(({ args }) => args as Deletion);
const asked = () => (calls.filter(({ command }) => command === 'list_locks').at(-1)?.args as { query: ListLocks }).query;
const many = (total: number) =>
  Array.from({ length: total }, (_, index) => lock(`app-${String(index + 1).padStart(3, '0')}`));

describe('LocksPanel', () => {
  it('says what belongs here when there is nothing, and offers the first step', async () => {
    await open();
    expect(screen.getByRole('heading', { name: 'No locks' })).toBeTruthy();
    expect(screen.getByText(/keeps a version in use from being replaced/)).toBeTruthy();
    await press('Create lock');
    await screen.findByRole('dialog', { name: 'Create lock' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Create lock' })).toBeNull());
    expect(screen.getByRole('dialog', { name: 'Locks' })).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create lock' })));
  });

  it('shows the locks with what is known of them, and what they do', async () => {
    locks = [
      lock('app-1', 'current', { description: 'Web servers', attributes: { host: 'eu-1' } }),
      lock('app-1', 'previous', { created_by: 'local:kim', updated_at: '2026-02-03T04:05:06Z' }),
    ];
    await open();
    const items = within(screen.getByRole('list', { name: 'Locks of db-password' })).getAllByRole('listitem');
    const [first, second] = items.filter(({ className }) => className === 'kt-lock');
    expect(first?.textContent).toContain('Web servers');
    expect(first?.textContent).toContain('Current');
    expect(first?.textContent).not.toContain('replaced');
    expect(second?.textContent).toContain('Previous');
    expect(second?.textContent).toContain('by local:kim');
    expect(second?.textContent).toMatch(/replaced Feb 3, 2026/);
    expect(screen.getByText(/The lock on the previous version keeps the secret from being rotated/)).toBeTruthy();
    const attributes = screen.getByRole('button', { name: 'Attributes' });
    expect(attributes.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(attributes);
    expect(screen.getByText(/"host": "eu-1"/)).toBeTruthy();
  });

  it('says why no version can be locked', async () => {
    const gone = 'The value of this version is no longer kept.';
    versions = () => lockedVersions([]).map((version) => ({ ...version, lock_hindrance: gone }));
    await open();
    const create = screen.getByRole<HTMLButtonElement>('button', { name: 'Create lock' });
    await waitFor(() => expect(create.disabled).toBe(true));
    expect(document.getElementById(create.getAttribute('aria-describedby') ?? '')?.textContent).toBe(gone);
  });

  it('searches, sorts and pages by Rust', async () => {
    locks = many(30);
    await open();
    expect(asked()).toEqual({ offset: 0, limit: 25, sort: 'name', descending: false, search: null });
    expect(screen.getByText('1–25 of 30 locks')).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Created, newest first');
    await waitFor(() => expect(asked()).toMatchObject({ sort: 'created_at', descending: true }));
    await press('Next page');
    await waitFor(() => expect(asked()).toMatchObject({ offset: 25 }));
    await screen.findByRole('heading', { name: 'app-005' });

    const search = screen.getByRole('searchbox', { name: 'Search locks' });
    await userEvent.type(search, 'x');
    expect(screen.getByText('Type at least 2 characters to search.')).toBeTruthy();
    await userEvent.clear(search);
    await userEvent.type(search, '007');
    await waitFor(() => expect(asked()).toMatchObject({ search: '007', offset: 0 }));
    await screen.findByRole('heading', { name: 'app-007' });
    await userEvent.type(search, 'zz');
    await screen.findByText('No lock has this in its name.');
    expect(screen.getByRole('searchbox', { name: 'Search locks' })).toBe(document.activeElement);
  });

  it('goes back to the last page when the one it is on has emptied', async () => {
    locks = many(26);
    await open();
    await press('Next page');
    await press('Delete app-026 on the current version');
    await confirm();
    await screen.findByRole('heading', { name: 'app-001' });
    expect(asked()).toMatchObject({ offset: 0 });
  });

  it('offers no search for a few', async () => {
    locks = many(10);
    await open();
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(screen.getByRole('combobox', { name: 'Sort by' })).toBeTruthy();
  });

  it('says why the locks cannot be read, and tries again', async () => {
    let failing = true;
    locks = [lock('app-1')];
    versions = () => (failing ? refuse({ code: 'io', message: 'The vault cannot be read.' }) : lockedVersions(locks));
    renderScreen(<LocksPanel secret={{ id: 'id-db-password', name: 'db-password' }} onClose={vi.fn()} />);
    expect((await screen.findByRole('alert')).textContent).toContain('The vault cannot be read.');
    expect(screen.queryByText('No locks')).toBeNull();
    failing = false;
    await press('Try again');
    await screen.findByRole('heading', { name: 'app-1' });
  });
});

describe('deleting locks', () => {
  it('says that a rotation can pass then, deletes by the id of the version, and keeps the focus in the panel', async () => {
    locks = [lock('app-1'), lock('app-1', 'previous')];
    await open();
    await press('Delete app-1 on the previous version');
    const dialog = await screen.findByRole('dialog', { name: 'Delete the lock app-1' });
    expect(dialog.textContent).toContain('so that the next rotation can pass');
    await confirm();
    await waitFor(() => expect(screen.queryByRole('dialog', { name: /^Delete/ })).toBeNull());
    expect(deletions()).toMatchObject([{ version: 'version-2', names: ['app-1'] }]);
    await screen.findByText('The next rotation can pass.');
    await waitFor(() => expect(screen.queryByRole('button', { name: /previous version$/ })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create lock' })));
  });

  it('gives the focus back when nothing was deleted', async () => {
    locks = [lock('app-1')];
    const onClose = await open();
    await press('Delete app-1 on the current version');
    await screen.findByRole('dialog', { name: 'Delete the lock app-1' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Delete app-1 on the current version' })),
    );
    expect(deletions()).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('moves the focus to where the first lock can be created when the last one is gone', async () => {
    locks = [lock('app-1')];
    await open();
    await press('Delete app-1 on the current version');
    await confirm();
    await screen.findByRole('heading', { name: 'No locks' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create lock' })));
  });

  it('warns that the last lock of an expired secret destroys it', async () => {
    locks = [lock('app-1'), lock('app-2')];
    view = { held_by_locks: true };
    await open();
    expect(screen.getByText(/only the locks keep the secret readable/)).toBeTruthy();
    await press('Delete app-1 on the current version');
    expect((await screen.findByRole('dialog', { name: /^Delete/ })).textContent).not.toContain('destroys');
    await confirm();
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'app-1' })).toBeNull());
    await press('Delete app-2 on the current version');
    const dialog = await screen.findByRole('dialog', { name: 'Delete the lock app-2' });
    await waitFor(() => expect(dialog.textContent).toContain('This destroys the secret.'));
    expect(dialog.textContent).toContain('give it a later expiration date first');
    await confirm();
    await screen.findByText('db-password has no locks now and is destroyed.');
  });

  it('deletes all locks of a version, also those on no page', async () => {
    locks = [...many(30), lock('app-1', 'previous'), lock('app-2', 'previous')];
    await open();
    await press('Delete all locks on the current version');
    const dialog = await screen.findByRole('dialog', { name: 'Delete all locks on the current version' });
    expect(dialog.textContent).toContain('2 locks stay on the previous version');
    await confirm();
    await screen.findByText('Deleted 30 locks');
    expect(deletions()).toMatchObject([{ version: 'version-3', names: null }]);
  });

  it('deletes selected locks of both versions, the previous one first', async () => {
    locks = [lock('app-1'), lock('app-2'), lock('app-1', 'previous')];
    await open();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select app-2 on the current version' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select app-1 on the previous version' }));
    expect(within(screen.getByRole('group', { name: 'Selected locks' })).getByText('2 locks selected')).toBeTruthy();
    await press('Delete selected');
    const dialog = await screen.findByRole('dialog', { name: 'Delete 2 locks' });
    expect(dialog.textContent).toContain('On the previous version: app-1.');
    expect(dialog.textContent).toContain('On the current version: app-2.');
    await confirm();
    await screen.findByText('Deleted 2 locks');
    expect(deletions()).toMatchObject([
      { version: 'version-2', names: ['app-1'] },
      { version: 'version-3', names: ['app-2'] },
    ]);
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Selected locks' })).toBeNull());
  });

  it('tells what was deleted before a refusal, and goes on with the rest', async () => {
    locks = [lock('app-1'), lock('app-1', 'previous')];
    refusals.set('version-3', { code: 'disk_full', message: 'No space is left on the disk.' });
    await open();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await press('Delete selected');
    await confirm();
    expect((await screen.findByRole('alert')).textContent).toContain('No space is left on the disk.');
    expect(screen.getByText('1 lock on the previous version is deleted already.')).toBeTruthy();
    expect(screen.queryByText('Deleted 2 locks')).toBeNull();
    refusals.clear();
    await confirm();
    await screen.findByText('Deleted 2 locks');
    expect(deletions().map(({ version }) => version)).toEqual(['version-2', 'version-3', 'version-3']);
  });

  it('selects all on a page and takes the selection back', async () => {
    locks = many(30);
    await open();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all on this page' }));
    await screen.findByText('25 locks selected');
    await press('Next page');
    await screen.findByRole('heading', { name: 'app-030' });
    expect(screen.getByText('25 locks selected')).toBeTruthy();
    await press('Clear selection');
    expect(screen.queryByText('25 locks selected')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('list', { name: 'Locks of db-password' }));
  });
});
