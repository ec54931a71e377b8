import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FieldsToCheck, Lock, LockForm, LockMode, Problem, VersionView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { secret } from '../secret-fixture';
import { lock, lockedVersions, lockPageOf, summary } from './lock-fixture';
import { LocksPanel } from './locks-panel';

type Creation = { version: string; locks: LockForm[]; mode: LockMode | null };

const notJson: Problem = {
  code: 'bad_request',
  message: 'This is not JSON: line 1, column 2.',
  target: { type: 'field', name: 'attributes' },
};

const wrongName: Problem = {
  code: 'bad_request',
  message: 'The name of a lock has 2 to 64 letters and starts with a letter.',
  target: { type: 'field', name: 'name' },
};

let locks: Lock[];
let versions: VersionView[];
let refusal: Problem | null;
let calls: Call[];

beforeEach(() => {
  locks = [];
  versions = lockedVersions([]);
  refusal = null;
  calls = answerCalls({
    get_secret: () => secret('db-password', { revision: `r${locks.length}` }),
    list_versions: () => versions,
    list_locks: () => lockPageOf(locks, 0, 25),
    check_fields: ({ fields: { lock_name } }: { fields: FieldsToCheck }) =>
      lock_name == null || /^[A-Za-z].+$/.test(lock_name) ? [] : [wrongName],
    check_metadata: ({ text }: { text: string }) => (text.includes('}') ? null : refuse(notJson)),
    create_locks: ({ version, locks: forms }: Creation) => {
      if (refusal) refuse(refusal);
      const alias = version === 'version-3' ? 'current' : 'previous';
      locks = [...locks, ...forms.map(({ name }) => lock(name, alias))];
      versions = lockedVersions(locks);
      return summary(locks);
    },
  });
});

async function open() {
  renderScreen(
    <ToastHost>
      <LocksPanel secret={{ id: 'id-db-password', name: 'db-password' }} onClose={vi.fn()} />
    </ToastHost>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Create lock' }));
  return screen.findByRole('dialog', { name: 'Create lock' });
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const alerts = () => screen.queryAllByRole('alert').filter(({ textContent }) => textContent !== '');
const alert = () => waitFor(() => alerts()[0] ?? Promise.reject(new Error('no alert')));
const creations = () => calls.filter(({ command }) => command === 'create_locks').map(({ args }) => args as Creation);
const nameField = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });

describe('CreateLockDialog', () => {
  it('begins at the name, and creates by Enter on the version that is shown', async () => {
    await open();
    await waitFor(() => expect(document.activeElement).toBe(nameField()));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Current (version 3)' }).checked).toBe(true);
    await userEvent.keyboard('app-1{Enter}');
    await waitFor(() =>
      expect(creations()).toEqual([
        {
          id: 'id-db-password',
          version: 'version-3',
          locks: [{ name: 'app-1', description: '', attributes: '' }],
          mode: null,
        },
      ]),
    );
    await screen.findByText('Created the lock app-1');
    expect(screen.getByText('The current version of db-password has 1 lock now.')).toBeTruthy();
    await screen.findByRole('heading', { name: 'app-1' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Create lock' })));
  });

  it('says at the name what is wrong with it, and sends nothing', async () => {
    await open();
    await userEvent.type(nameField(), '1app');
    await press('Create');
    expect(await screen.findByText(/starts with a letter\.$/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(nameField()));
    expect(creations()).toEqual([]);
    await userEvent.type(nameField(), '{Home}{Delete}x');
    await waitFor(() => expect(screen.queryByText(/starts with a letter\.$/)).toBeNull());
  });

  it('checks attributes as they are typed, and goes to them before sending', async () => {
    await open();
    await userEvent.type(nameField(), 'app-1');
    const field = screen.getByRole('textbox', { name: 'Attributes' });
    await userEvent.click(field);
    await userEvent.paste('{');
    expect(await screen.findByText(notJson.message)).toBeTruthy();
    await press('Create');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(creations()).toEqual([]);
    await userEvent.paste('"host": "eu-1"}');
    await waitFor(() => expect(screen.queryByText(notJson.message)).toBeNull());
    await press('Create');
    await waitFor(() => expect(creations()[0]?.locks[0]?.attributes).toBe('{"host": "eu-1"}'));
  });

  it('creates several at once, each with a name of its own', async () => {
    const dialog = await open();
    await userEvent.type(nameField(), 'app-1');
    await press('Add another lock');
    const second = within(within(dialog).getByRole('group', { name: 'Lock 2' })).getByRole('textbox', { name: 'Name' });
    await waitFor(() => expect(document.activeElement).toBe(second));
    await userEvent.keyboard('app-1');
    await press('Create');
    expect(await screen.findByText('The lock app-1 stands there twice.')).toBeTruthy();
    await userEvent.clear(second);
    await userEvent.type(second, 'app-2');
    await press('Add another lock');
    screen.getByRole('button', { name: 'Remove lock 3' }).focus();
    // Carbon looks after the focus a moment later
    await new Promise((resolve) => setTimeout(resolve, 20));
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add another lock' }));
    await press('Create');
    await screen.findByText('Created 2 locks');
    expect(creations()[0]?.locks.map(({ name }) => name)).toEqual(['app-1', 'app-2']);
  });

  it('says that a lock of the same name on this version is replaced', async () => {
    locks = [lock('app-1')];
    versions = lockedVersions(locks);
    await open();
    await userEvent.type(nameField(), 'app-1');
    const words = 'The current version has a lock of this name. It will be replaced.';
    expect(await screen.findByText(words)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Previous (version 2)' }));
    expect(screen.queryByText(words)).toBeNull();
  });

  it('removes previous locks, and data only with them and after a warning', async () => {
    await open();
    await userEvent.type(nameField(), 'app-1');
    const data = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Delete previous version data' });
    expect(data.disabled).toBe(true);
    expect(document.getElementById(data.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'Needs Remove previous locks.',
    );
    const previous = screen.getByRole('checkbox', { name: 'Remove previous locks' });
    await userEvent.click(previous);
    await userEvent.click(data);
    expect((await alert()).textContent).toContain('The value of the previous version is then gone.');
    await userEvent.click(previous);
    expect(alerts()).toEqual([]);
    expect(data.checked).toBe(false);
    await userEvent.click(previous);
    await userEvent.click(data);
    await userEvent.click(screen.getByRole('button', { name: /Create$/ }));
    await waitFor(() => expect(creations()[0]?.mode).toBe('remove_previous_and_delete'));
    // the answer says that it is still there
    await screen.findByText(/Its value is still kept\./);
  });

  it('offers neither for a lock on the previous version', async () => {
    await open();
    await userEvent.type(nameField(), 'app-1');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Remove previous locks' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Previous (version 2)' }));
    expect(screen.queryByRole('checkbox', { name: 'Remove previous locks' })).toBeNull();
    await press('Create');
    await waitFor(() => expect(creations()).toMatchObject([{ version: 'version-2', mode: null }]));
  });

  it('says why the previous version cannot be locked', async () => {
    versions = lockedVersions([]).slice(0, 1);
    await open();
    const previous = screen.getByRole<HTMLInputElement>('radio', { name: 'Previous' });
    expect(previous.disabled).toBe(true);
    const reason = document.getElementById(previous.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toContain('There is no previous version.');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Remove previous locks' }).disabled).toBe(true);
  });

  it('keeps what was entered through a refusal, and shows it where it belongs', async () => {
    refusal = { code: 'limit_reached', message: 'A secret has at most 1,000 locks; these would be 1,001.', target: { type: 'field', name: 'locks' } };
    await open();
    await userEvent.type(nameField(), 'app-1');
    await press('Create');
    expect((await alert()).textContent).toContain('at most 1,000 locks');
    expect(nameField().value).toBe('app-1');

    refusal = { code: 'bad_request', message: 'This name is taken by nobody knows what.', target: { type: 'field', name: 'name' } };
    await press('Create');
    await waitFor(() => expect(nameField().getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(refusal.message)).toBeTruthy();
    expect(alerts()).toEqual([]);

    await press('Add another lock');
    const [, second] = screen.getAllByRole('textbox', { name: 'Name' });
    if (second) await userEvent.type(second, 'app-2');
    await press('Create');
    // it does not say which of them it is about
    expect((await alert()).textContent).toContain(refusal.message);
  });

  it('asks before it throws away what was entered', async () => {
    await open();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Create lock' })).toBeNull());
    await press('Create lock');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'app-1');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    await press('Drop changes');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Create lock' })).toBeNull());
    expect(creations()).toEqual([]);
  });
});
