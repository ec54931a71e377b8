import { act, render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Theme } from '../ipc/bindings';
import { KeyturnTheme, useShownTheme } from './theme';

function system(dark: boolean) {
  const query = Object.assign(new EventTarget(), { matches: dark });
  vi.spyOn(window, 'matchMedia').mockReturnValue(query as unknown as MediaQueryList);
  return (next: boolean) => {
    query.matches = next;
    query.dispatchEvent(new Event('change'));
  };
}

function Themed({ choice }: { choice: Theme }) {
  return <KeyturnTheme theme={useShownTheme(choice)}>x</KeyturnTheme>;
}

const shown = () => document.documentElement.dataset.theme;

describe('KeyturnTheme', () => {
  it('follows the system as it changes', () => {
    const change = system(false);
    render(<Themed choice="system" />);
    expect(shown()).toBe('white');
    act(() => change(true));
    expect(shown()).toBe('g100');
  });

  it('keeps to a choice', () => {
    system(true);
    const { rerender } = render(<Themed choice="white" />);
    expect(shown()).toBe('white');
    rerender(<Themed choice="g100" />);
    expect(shown()).toBe('g100');
  });
});
