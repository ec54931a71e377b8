import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mockIPC } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { showCleared } from '../../../components/clipboard';
import { ViewDialog } from './view-dialog';

const value = 'hunter2-is-the-value';
let calls: string[];
let reveal: () => unknown;

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  reveal = () => ({ username: null, text: value, base64: null, size: 20, seconds: 15 });
  mockIPC(
    (command, args) => {
      calls.push(`${command} ${(args as { version?: string }).version ?? ''}`.trim());
      if (command === 'reveal_version') return reveal();
      if (command === 'copy_version') return { seconds: 30 };
      if (command === 'get_settings') return { reveal_seconds: 15 };
      return null;
    },
    { shouldMockEvents: true },
  );
});
afterEach(() => {
  act(() => showCleared());
  vi.useRealTimers();
});

const secret = { id: 'id-db-password', name: 'db-password' };
const open = () => renderScreen(<ViewDialog secret={secret} onClose={vi.fn()} />);
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const page = () => document.body.innerHTML + (screen.queryByLabelText<HTMLTextAreaElement>('Value')?.value ?? '');

async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await wait(10);
}

describe('ViewDialog', () => {
  it('fetches the value only when it is asked for, and drops it after its time', async () => {
    open();
    await wait(10);
    expect(calls).not.toContain('reveal_version current');
    await press('Show');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Value').value).toBe(value);
    await wait(14_000);
    expect(page()).toContain(value);
    await wait(1_500);
    expect(page()).not.toContain(value);
    expect(screen.getByRole('button', { name: 'Show' })).toBeTruthy();
  });

  it('keeps the value out of names, titles and descriptions', async () => {
    open();
    await press('Show');
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'alt', 'data-testid']) {
        expect(element.getAttribute(name) ?? '').not.toContain(value);
      }
    }
  });

  it('drops it at once when hidden, and when the window is no longer seen', async () => {
    open();
    await press('Show');
    await press('Hide');
    expect(page()).not.toContain(value);
    await press('Show');
    expect(page()).toContain(value);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(page()).not.toContain(value);
  });

  it('does not show an answer that comes after the dialog was closed', async () => {
    let answer: (revealed: unknown) => void = () => undefined;
    reveal = () => new Promise((resolve) => (answer = resolve));
    const { unmount } = open();
    await press('Show');
    unmount();
    answer({ username: null, text: value, base64: null, size: 20, seconds: 15 });
    await wait(10);
    expect(page()).not.toContain(value);
  });

  it('copies without showing, counts down and clears on demand', async () => {
    open();
    await press('Copy');
    expect(calls).toContain('copy_version current');
    expect(calls).not.toContain('reveal_version current');
    expect(screen.getByText(/Cleared in 30 s/)).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('Copied the value of db-password.');
    await wait(5_000);
    expect(screen.getByText(/Cleared in 25 s/)).toBeTruthy();
    screen.getByRole('button', { name: 'Clear now' }).focus();
    await press('Clear now');
    expect(calls).toContain('clear_clipboard');
    expect(screen.queryByText(/Cleared in/)).toBeNull();
    expect(screen.getByRole('status').textContent).toBe('');
    expect(document.activeElement).toBe(screen.getByRole('dialog'));
  });

  it('leaves copying out of the value field to Rust', async () => {
    open();
    await press('Show');
    const refused = !fireEvent.copy(screen.getByLabelText('Value'));
    expect(refused).toBe(true);
    await wait(10);
    expect(calls).toContain('copy_version current');
  });

  it('lets nothing of the value be selected, and copies it by key all the same', async () => {
    open();
    await press('Show');
    const field = screen.getByLabelText<HTMLTextAreaElement>('Value');
    expect(fireEvent.mouseDown(field)).toBe(false);
    expect(document.activeElement).toBe(field);
    expect(fireEvent.keyDown(field, { key: 'a', ctrlKey: true })).toBe(false);
    expect(fireEvent.keyDown(field, { key: 'ArrowRight', shiftKey: true })).toBe(false);
    expect(fireEvent.keyDown(field, { key: 'ArrowRight' })).toBe(true);
    fireEvent.keyDown(field, { key: 'c', ctrlKey: true });
    await wait(10);
    expect(calls.filter((call) => call === 'copy_version current')).toHaveLength(1);
  });

  it('shows a binary value as base64 and says so', async () => {
    reveal = () => ({ username: null, text: null, base64: 'AAEC', size: 3, seconds: 15 });
    open();
    await press('Show');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Value').value).toBe('AAEC');
    expect(screen.getByText(/Binary, 3 bytes/)).toBeTruthy();
  });

  it('says why it cannot be read', async () => {
    reveal = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the bridge rejects with
      throw { code: 'wrong_state', message: 'The secret has expired.' };
    };
    open();
    await press('Show');
    expect(screen.getByRole('alert').textContent).toContain('The secret has expired.');
  });
});
