import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from './render-screen';
import { ToastHost, useToasts } from './toasts';

let number = 0;
let ended: { name: string; kind: 'success' | 'warning' }[];
const leave = vi.fn<() => string | null>(() => null);

function Teller() {
  const showToast = useToasts();
  function end(): void {
    const next = ended.shift();
    if (!next) return;
    const many = { kind: 'ended', title: (count: number) => `${count} ended`, action: { label: 'All', run: leave } };
    showToast({ title: `${next.name} ended`, kind: next.kind, action: { label: 'Look', run: leave }, many });
  }
  return (
    <>
      <button onClick={() => showToast({ title: `Saved ${(number += 1)}` })}>Save</button>
      <button onClick={() => showToast({ title: 'Copied', subtitle: 'db' })}>Copy</button>
      <button onClick={end}>End</button>
    </>
  );
}

async function show(...clicks: string[]) {
  number = 0;
  leave.mockClear();
  renderScreen(
    <ToastHost>
      <Teller />
    </ToastHost>,
  );
  for (const name of clicks) await press(name);
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const told = () => [...document.querySelectorAll('.kt-toasts [class*="__title"]')].map((title) => title.textContent);

describe('toasts', () => {
  it('are three at most, besides those that lead somewhere', async () => {
    ended = [{ name: 'shop', kind: 'success' }];
    await show('End', 'Save', 'Save', 'Save', 'Save');
    expect(told()).toEqual(['shop ended', 'Saved 2', 'Saved 3', 'Saved 4']);
  });

  it('are told once when the same happens again', async () => {
    await show('Copy', 'Save', 'Copy');
    expect(told()).toEqual(['Saved 1', 'Copied']);
  });

  it('of one kind become one when there are too many, and it counts on', async () => {
    ended = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, kind: name === 'b' ? 'warning' : 'success' }));
    await show('End', 'End', 'End');
    expect(told()).toEqual(['a ended', 'b ended', 'c ended']);
    await press('End');
    expect(told()).toEqual(['4 ended']);
    expect(document.querySelector('.kt-toasts .cds--actionable-notification--warning')).toBeTruthy();
    await press('End');
    expect(told()).toEqual(['5 ended']);
    await press('All');
    expect(leave).toHaveBeenCalledOnce();
    expect(told()).toEqual([]);
  });

  it('stay and say why, where what they lead to cannot be reached now', async () => {
    ended = [{ name: 'shop', kind: 'success' }];
    await show('End');
    leave.mockReturnValueOnce('Close the open dialog first.');
    await press('Look');
    expect(screen.getByText('Close the open dialog first.')).toBeTruthy();
    await press('Look');
    expect(told()).toEqual([]);
  });
});
