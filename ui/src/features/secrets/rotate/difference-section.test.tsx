import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comparison, RevealedComparison, RotationInputForm, SecretType } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { outlook } from '../secret-fixture';
import type { RotatedTypeModule } from '../types/secret-type';
import { secretTypes, typeModule } from '../types/secret-types';
import { DifferenceSection } from './difference-section';

const value = 'hunter2-is-the-value';
const title = 'Difference to the current version';
const same: Comparison = { kind: 'keys', added: 0, removed: 0, changed: 0, unchanged: 3, entries: [], unlisted: 0 };
const changed: Comparison = { ...same, changed: 1, unchanged: 2, entries: [{ path: 'password', change: 'changed' }] };
const revealed: RevealedComparison = {
  comparison: {
    ...same,
    changed: 1,
    entries: [{ path: 'password', change: 'changed', old: '"old"', new: `"${value}"`, cut: false }],
  },
  seconds: 15,
};

let calls: Call[];
let compare: (asked: { input: RotationInputForm }) => unknown;

beforeEach(() => {
  vi.useFakeTimers();
  compare = () => changed;
  calls = answerCalls({
    compare_rotation: (asked: { input: RotationInputForm }) => compare(asked),
    reveal_rotation_comparison: () => revealed,
  });
});
afterEach(() => vi.useRealTimers());

const wait = (milliseconds = 10) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const compared = () => calls.filter(({ command }) => command === 'compare_rotation').map(({ args }) => args);
const page = () => document.body.innerHTML;

function module(type: SecretType): RotatedTypeModule {
  const found = typeModule(type);
  if (!found) throw new Error(type);
  return found;
}

/** The section beside a draft; returns how to change it. */
function open(type: RotatedTypeModule, first: object, seen = outlook()) {
  const section = (input: object, look: typeof seen) => (
    <div role="dialog" tabIndex={-1}>
      <DifferenceSection type={type} outlook={look} input={{ ...(type.rotation.empty as object), ...input }} />
    </div>
  );
  const { rerender } = render(section(first, seen));
  const enter = async (input: object, look = seen) => {
    rerender(section(input, look));
    await wait(0);
  };
  return { enter };
}
async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await wait();
}

describe('DifferenceSection of a key-value secret', () => {
  const kv = module('kv');
  const typed = (text: string) => ({ source: 'text', view: 'json', text });

  it('compares by itself, a while after the last change, and nothing twice', async () => {
    const { enter } = open(kv, typed(''));
    expect(screen.queryByText(title)).toBeNull();
    await enter(typed('{"a":1'));
    await wait(300);
    await enter(typed('{"a":1}'));
    await wait(300);
    expect(compared()).toEqual([]);
    await wait(150);
    expect(compared()).toEqual([
      { id: 'id-db-password', input: { secret_type: 'kv', data: { kind: 'text', text: '{"a":1}' } } },
    ]);
    expect(screen.getByText('password')).toBeTruthy();

    await enter({ ...typed('{"a":1}'), view: 'table' });
    await wait(1_000);
    await enter(typed('{"a":2}'));
    await enter(typed('{"a":1}'));
    await wait(1_000);
    expect(compared()).toHaveLength(1);
  });

  it('keeps what was found in its place while one types, but not the values', async () => {
    const { enter } = open(kv, typed('{"a":1}'));
    await wait(450);
    expect(page()).not.toContain(value);
    await press('Show values');
    expect(page()).toContain(value);
    expect(calls.at(-1)).toEqual({
      command: 'reveal_rotation_comparison',
      args: { id: 'id-db-password', input: { secret_type: 'kv', data: { kind: 'text', text: '{"a":1}' } } },
    });
    await enter(typed('{"a":12}'));
    expect(page()).not.toContain(value);
    expect(screen.getByText('password')).toBeTruthy();
  });

  it('drops the values after their time', async () => {
    open(kv, typed('{"a":1}'));
    await wait(450);
    expect(screen.getByText('Showing the values counts as reading the current version.')).toBeTruthy();
    await press('Show values');
    expect(screen.getByText('The values are hidden again in 15 s.')).toBeTruthy();
    await wait(15_500);
    expect(page()).not.toContain(value);
    expect(screen.getByRole('button', { name: 'Show values' })).toBeTruthy();
  });

  it('says that nothing differs', async () => {
    compare = () => same;
    open(kv, typed('{"a":1}'));
    await wait(450);
    expect(screen.getByRole('status').textContent).toContain('The new value is the same as the current one.');
    expect(screen.queryByRole('button', { name: 'Show values' })).toBeNull();
  });

  it('waits quietly for JSON that has no faults, as the field tells them', async () => {
    compare = ({ input }) => {
      if (JSON.stringify(input).includes('}"')) return changed;
      return refuse({ code: 'bad_request', message: 'Not JSON.', target: { type: 'field', name: 'data' } });
    };
    const { enter } = open(kv, typed('{"a"'));
    await wait(450);
    expect(screen.getByText('It is shown once the new value has no faults.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await enter(typed('{"a":1}'));
    await wait(450);
    expect(screen.getByText('password')).toBeTruthy();
  });

  it('compares with the version that came in between', async () => {
    const { enter } = open(kv, typed('{"a":1}'));
    await wait(450);
    await enter(typed('{"a":1}'), outlook({ next_number: 5 }));
    await wait(450);
    expect(compared()).toHaveLength(2);
  });

  it('says what is wrong besides the value, and tries again', async () => {
    compare = () => refuse({ code: 'vault_locked', message: 'The vault is locked.' });
    open(kv, typed('{"a":1}'));
    await wait(450);
    expect(screen.getByRole('alert').textContent).toContain('The vault is locked.');
    compare = () => changed;
    await press('Try again');
    expect(screen.getByText('password')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('DifferenceSection of the other types', () => {
  it('compares an arbitrary value when asked, and again for another one only', async () => {
    const lines = { kind: 'lines', same: false, added: 1, removed: 0, unchanged: 2, old_size: 9, new_size: 12 };
    compare = () => lines;
    const { enter } = open(module('arbitrary'), { source: 'text', text: 'first' });
    await wait(1_000);
    expect(compared()).toEqual([]);
    screen.getByRole('button', { name: 'Compare' }).focus();
    await press('Compare');
    expect(screen.getByText('1 line added; 9 bytes → 12 bytes')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('region', { name: title }));
    expect(screen.queryByRole('button', { name: 'Compare' })).toBeNull();

    await enter({ source: 'text', text: 'second' });
    expect(screen.queryByText(/1 line added/)).toBeNull();
    await enter({ source: 'text', text: 'first' });
    expect(screen.getByText(/1 line added/)).toBeTruthy();
    await enter({ source: 'text', text: 'second' });
    await press('Compare');
    expect(compared()).toHaveLength(2);
  });

  it('says at once what is wrong with a value that it was asked to compare', async () => {
    compare = () => refuse({ code: 'bad_request', message: 'Too long.', target: { type: 'field', name: 'payload' } });
    open(module('arbitrary'), { source: 'text', text: 'first' });
    await press('Compare');
    expect(screen.getByRole('alert').textContent).toContain('Too long.');
  });

  it('compares passwords that are typed, and none that is generated', async () => {
    compare = () => ({ kind: 'password', same: true });
    const { enter } = open(module('username_password'), { source: 'generate' });
    expect(screen.queryByText(title)).toBeNull();
    await enter({ source: 'enter', text: 'short' });
    expect(screen.queryByText(title)).toBeNull();
    await enter({ source: 'enter', text: 'long-enough' });
    await press('Compare');
    expect(screen.getByRole('status').textContent).toContain('The new value is the same as the current one.');
  });

  it('asks nothing for a type that compares nothing', async () => {
    const [type] = secretTypes;
    if (!type) throw new Error('there are no types');
    const { compares, ...rotation } = type.rotation;
    expect(compares).toBeTruthy();
    open({ ...type, rotation }, { source: 'text', text: 'first' });
    await wait(1_000);
    expect(screen.queryByText(title)).toBeNull();
    expect(calls).toEqual([]);
  });
});
