import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison, RevealedComparison } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { version } from '../secret-fixture';
import { CompareDialog } from './compare-dialog';

const value = 'hunter2-is-the-value';
const gone = 'The value of this version is no longer kept.';
const versions = [version(4), version(3), version(2), version(1, { view_hindrance: gone })];

type Asked = { older: string; newer: string };
let calls: Call[];
let compare: (asked: Asked) => unknown;
let reveal: () => unknown;

const counts = { kind: 'keys', added: 0, removed: 0, changed: 1, unchanged: 2, unlisted: 0 } as const;
const changed = (path: string): Comparison => ({ ...counts, entries: [{ path, change: 'changed' }] });
const revealed: RevealedComparison = {
  comparison: { ...counts, entries: [{ path: 'password', change: 'changed', old: '"x"', new: `"${value}"`, cut: false }] },
  seconds: 15,
};

beforeEach(() => {
  vi.useFakeTimers();
  compare = ({ older }) => changed(`since ${older}`);
  reveal = () => revealed;
  calls = answerCalls({
    compare_versions: (asked: Asked) => compare(asked),
    reveal_comparison: () => reveal(),
  });
});
afterEach(() => vi.useRealTimers());

const wait = (milliseconds = 10) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const asked = (command: string) =>
  calls.filter((call) => call.command === command).map(({ args }) => {
    const { older, newer } = args as Asked;
    return `${older} ${newer}`;
  });
const page = () => document.body.innerHTML;
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

async function open(number = 3) {
  const opened = versions.find((each) => each.number === number) ?? version(number);
  const onClose = vi.fn();
  const secret = { id: 'id-db-password', name: 'db-password' };
  const { unmount } = renderScreen(
    <CompareDialog secret={secret} versions={versions} opened={opened} onClose={onClose} />,
  );
  await wait();
  return { onClose, unmount };
}
async function press(name: string) {
  fireEvent.click(button(name));
  await wait();
}
async function choose(side: 'Older version' | 'Newer version', number: number) {
  fireEvent.change(screen.getByLabelText(side), { target: { value: `version-${number}` } });
  await wait();
}

describe('CompareDialog', () => {
  it('compares the version with the current one, once, and without a value', async () => {
    await open();
    expect(asked('compare_versions')).toEqual(['version-3 version-4']);
    expect(screen.getByText('since version-3')).toBeTruthy();
    expect(screen.getByText('1 changed, 2 unchanged')).toBeTruthy();
    await wait(5_000);
    expect(calls).toHaveLength(1);
    expect(document.activeElement).toBe(screen.getByLabelText('Older version'));
  });

  it('compares what is chosen, and offers only what can be', async () => {
    await open();
    const options = [...screen.getByLabelText<HTMLSelectElement>('Older version').options];
    expect(options.filter(({ disabled }) => disabled).map(({ text }) => text)).toEqual([
      'Version 4, not older than version 4',
      `Version 1, ${gone}`,
    ]);
    await choose('Older version', 2);
    expect(screen.getByText('since version-2')).toBeTruthy();
    expect(screen.queryByText('since version-3')).toBeNull();
    expect(asked('compare_versions')).toEqual(['version-3 version-4', 'version-2 version-4']);
  });

  it('shows the values when asked, and has them nowhere before and after', async () => {
    await open();
    expect(page()).not.toContain(value);
    await press('Show values');
    expect(asked('reveal_comparison')).toEqual(['version-3 version-4']);
    expect(page()).toContain(value);
    await wait(5_000);
    expect(screen.getByText('The values are hidden again in 10 s.')).toBeTruthy();
    await wait(10_500);
    expect(page()).not.toContain(value);
    expect(button('Show values').disabled).toBe(false);
    expect(calls).toHaveLength(2);
  });

  it('hides them when asked, when another version is chosen and when the window is not seen', async () => {
    await open();
    await press('Show values');
    await press('Hide values');
    expect(page()).not.toContain(value);

    await press('Show values');
    expect(page()).toContain(value);
    await choose('Older version', 2);
    expect(page()).not.toContain(value);
    await choose('Older version', 3);
    expect(page()).not.toContain(value);

    await press('Show values');
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(page()).not.toContain(value);
  });

  it('does not show values that come after another version was chosen', async () => {
    let answer: (revealed: RevealedComparison) => void = () => undefined;
    reveal = () => new Promise((resolve) => (answer = resolve));
    await open();
    await press('Show values');
    await choose('Older version', 2);
    answer(revealed);
    await wait();
    expect(page()).not.toContain(value);
  });

  it('does not show a comparison that comes after the next one was asked for', async () => {
    const answers: Record<string, (comparison: Comparison) => void> = {};
    compare = ({ older }) => new Promise((resolve) => (answers[older] = resolve));
    await open();
    await wait(400);
    expect(screen.getByText('Comparing…')).toBeTruthy();
    await choose('Older version', 2);
    answers['version-2']?.(changed('second'));
    await wait();
    answers['version-3']?.(changed('first'));
    await wait();
    expect(screen.getByText('second')).toBeTruthy();
    expect(screen.queryByText('first')).toBeNull();
    expect(screen.queryByText('Comparing…')).toBeNull();
  });

  it('has nothing to show where nothing differs', async () => {
    compare = () => ({ kind: 'lines', same: true, added: 0, removed: 0, unchanged: 3, old_size: 9, new_size: 9 });
    await open();
    expect(screen.getByRole('status').textContent).toContain('The values are the same.');
    expect(button('Show values').disabled).toBe(true);
  });

  it('says why it could not compare, and tries again', async () => {
    compare = () => refuse({ code: 'value_gone', message: 'The value of version 3 is no longer kept.' });
    await open();
    expect(screen.getByRole('alert').textContent).toContain('no longer kept');
    expect(button('Show values').disabled).toBe(true);
    compare = () => changed('now');
    button('Try again').focus();
    await press('Try again');
    expect(screen.getByText('now')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('dialog'));
  });

  it('says why it could not show the values', async () => {
    reveal = () => refuse({ code: 'wrong_state', message: 'The secret has expired.' });
    await open();
    await press('Show values');
    expect(screen.getByRole('alert').textContent).toContain('The secret has expired.');
    expect(screen.getByText('since version-3')).toBeTruthy();
    await choose('Older version', 2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('leaves nothing behind, and closes by Escape', async () => {
    const { onClose, unmount } = await open();
    await press('Show values');
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
    unmount();
    expect(page()).not.toContain(value);
  });
});
