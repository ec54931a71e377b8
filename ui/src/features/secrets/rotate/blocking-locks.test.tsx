import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lock, Problem, RotationForm, RotationOutlook } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { lock, lockedVersions, lockPageOf, summary } from '../locks/lock-fixture';
import { outlook, secret, version } from '../secret-fixture';
import { RotateDialog } from './rotate-dialog';

const locked: Problem = {
  code: 'locked',
  message: "The requested action can't be completed because the secret version is locked.",
  remedy: 'Remove the locks on the previous version first. Nothing was changed.',
};
const conflict: Problem = { code: 'conflict', message: 'The secret was locked by local:kim.' };

let locks: Lock[];
let over: Partial<RotationOutlook>;
let held: boolean;
let answers: Problem[];
let deletionRefusal: Problem | null;
let calls: Call[];

function look(): RotationOutlook {
  const before = secret('db-password', { revision: `r${locks.length}`, held_by_locks: held });
  return outlook({
    secret: { ...before, metadata: { ...before.metadata, locks_total: locks.length } },
    blocking_locks: locks.slice(0, 10),
    blocking_total: locks.length,
    hindrance: locks.length > 0 ? locked : null,
    ...over,
  });
}

beforeEach(() => {
  locks = [lock('app-1', 'previous', { created_by: 'local:kim' }), lock('app-2', 'previous')];
  over = {};
  held = false;
  answers = [];
  deletionRefusal = null;
  calls = answerCalls({
    preview_rotation: look,
    get_secret: () => look().secret,
    list_versions: () => lockedVersions(locks),
    list_locks: () => lockPageOf(locks, 0, 25),
    check_metadata: () => null,
    compare_rotation: () => ({ kind: 'bytes', same: false, old_size: 1, new_size: 1 }),
    delete_locks: ({ names }: { names: string[] | null }) => {
      if (deletionRefusal) refuse(deletionRefusal);
      locks = locks.filter(({ name }) => names && !names.includes(name));
      return summary(locks);
    },
    rotate_secret: () => {
      const refusal = answers.shift();
      return refusal ? refuse(refusal) : version(4);
    },
  });
});

function open() {
  const onClose = vi.fn();
  const onRotated = vi.fn();
  renderScreen(
    <ToastHost>
      <RotateDialog secret={{ id: 'id-db-password', name: 'db-password' }} onClose={onClose} onRotated={onRotated} />
    </ToastHost>,
  );
  return { onClose, onRotated };
}
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
/** By keyboard, and in peace: Carbon looks after the focus a moment after a click. */
async function choose(name: string) {
  (await screen.findByRole('button', { name })).focus();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await userEvent.keyboard('{Enter}');
}
const alerts = () => screen.queryAllByRole('alert').filter(({ textContent }) => textContent !== '');
const alert = () => waitFor(() => alerts()[0] ?? Promise.reject(new Error('no alert')));
const rotateButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Rotate' });
const argumentsOf = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);
async function enter(text: string) {
  await userEvent.click(await screen.findByRole('tab', { name: 'Enter a value' }));
  await userEvent.click(screen.getByLabelText('New value'));
  await userEvent.paste(text);
}

describe('a rotation that locks are in the way of', () => {
  it('names them before the click, and is not done', async () => {
    open();
    const notice = await alert();
    expect(notice.textContent).toContain(locked.message);
    const [first, second] = within(notice).getAllByRole('listitem');
    expect(first?.textContent).toMatch(/^app-1 by local:kim, since Jan 2, 2026/);
    expect(second?.textContent).toContain('app-2');
    expect(notice.textContent).not.toContain('more');
    expect(rotateButton().disabled).toBe(true);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove these locks…' }));
    await enter('new value');
    const form = document.querySelector('form');
    if (form) fireEvent.submit(form);
    expect(argumentsOf('rotate_secret')).toEqual([]);
  });

  it('goes on with what was entered when they are removed', async () => {
    const { onRotated } = open();
    await enter('new value');
    await choose('Remove these locks…');
    expect(screen.getByRole('group', { name: /^Remove 2 locks from the previous version\?/ })).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep locks' }));
    expect(argumentsOf('delete_locks')).toEqual([]);
    await choose('Remove locks');
    await waitFor(() => expect(alerts()).toEqual([]));
    expect(argumentsOf('delete_locks')).toEqual([
      { id: 'id-db-password', version: 'version-2', names: ['app-1', 'app-2'] },
    ]);
    await screen.findByText('Deleted 2 locks');
    expect(screen.getByRole('dialog', { name: /^Rotate/ }).contains(document.activeElement)).toBe(true);
    expect(screen.getByLabelText<HTMLTextAreaElement>('New value').value).toBe('new value');
    await userEvent.click(rotateButton());
    await waitFor(() => expect(onRotated).toHaveBeenCalledOnce());
    expect((argumentsOf('rotate_secret')[0] as { form: RotationForm }).form).toMatchObject({
      revision: 'r0',
      input: { value: { kind: 'text', text: 'new value' } },
    });
  });

  it('keeps the locks by Escape, and stays open', async () => {
    const { onClose } = open();
    await choose('Remove these locks…');
    await userEvent.keyboard('{Escape}');
    const remove = await screen.findByRole('button', { name: 'Remove these locks…' });
    await waitFor(() => expect(document.activeElement).toBe(remove));
    expect(onClose).not.toHaveBeenCalled();
    expect(argumentsOf('delete_locks')).toEqual([]);
  });

  it('says how many more there are, and removes them all without their names', async () => {
    locks = Array.from({ length: 12 }, (_, index) => lock(`app-${index + 1}`, 'previous'));
    open();
    expect(await screen.findByText('and 2 more')).toBeTruthy();
    await choose('Remove these locks…');
    await choose('Remove locks');
    await waitFor(() => expect(argumentsOf('delete_locks')).toMatchObject([{ names: null }]));
  });

  it('warns when they are the last that keep an expired secret', async () => {
    held = true;
    open();
    await choose('Remove these locks…');
    expect(screen.getByText(/this destroys it\.$/)).toBeTruthy();
  });

  it('tells why they cannot be removed, and stays as it was', async () => {
    deletionRefusal = { code: 'forbidden', message: 'Your role cannot delete locks.' };
    open();
    await choose('Remove these locks…');
    await choose('Remove locks');
    expect(await screen.findByText('Your role cannot delete locks.')).toBeTruthy();
    expect(rotateButton().disabled).toBe(true);
    expect(screen.queryByText('Deleted 2 locks')).toBeNull();
  });

  it('leads to the list of locks and back, without losing what was entered', async () => {
    const { onClose } = open();
    await enter('new value');
    await press('Show locks');
    await screen.findByRole('dialog', { name: 'Locks' });
    await screen.findByRole('heading', { name: 'app-1' });
    locks = [];
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Locks' })).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
    await waitFor(() => expect(rotateButton().disabled).toBe(false));
    expect(screen.getByLabelText<HTMLTextAreaElement>('New value').value).toBe('new value');
    expect(screen.getByRole('dialog', { name: /^Rotate/ }).contains(document.activeElement)).toBe(true);
  });

  it('names locks that came while something was entered', async () => {
    const found = locks;
    locks = [];
    answers = [conflict];
    open();
    await enter('new value');
    await userEvent.click(rotateButton());
    await screen.findByText(conflict.message);
    locks = found;
    await press('Reload and review');
    expect(await screen.findByText(locked.message)).toBeTruthy();
    await choose('Remove these locks…');
    await choose('Remove locks');
    await waitFor(() => expect(rotateButton().disabled).toBe(false));
    expect(screen.getByLabelText<HTMLTextAreaElement>('New value').value).toBe('new value');
  });

  it('says what becomes of locks on the current version', async () => {
    locks = [];
    over = { locks_move: 'The lock on the current version moves with it to the previous version.' };
    open();
    expect(await screen.findByText(over.locks_move ?? '')).toBeTruthy();
    expect(rotateButton().disabled).toBe(false);
    expect(alerts()).toEqual([]);
  });

  it('leaves another hindrance as it is', async () => {
    over = { hindrance: { code: 'wrong_state', message: 'The secret has expired.' } };
    open();
    expect((await alert()).textContent).toContain('The secret has expired.');
    expect(screen.queryByRole('button', { name: 'Remove these locks…' })).toBeNull();
    expect(screen.queryByRole('tab', { name: 'Enter a value' })).toBeNull();
  });
});
