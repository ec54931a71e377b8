import { act, render } from '@testing-library/react';
import { useLayoutEffect } from 'react';
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

function Measuring({ onMeasure }: { onMeasure: (theme?: string) => void }) {
  useLayoutEffect(() => onMeasure(shown()), [onMeasure]);
  return null;
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

  it('is there before anything in it is measured', () => {
    document.documentElement.dataset.theme = 'white';
    const onMeasure = vi.fn();
    render(
      <KeyturnTheme theme="g100">
        <Measuring onMeasure={onMeasure} />
      </KeyturnTheme>,
    );
    expect(onMeasure.mock.calls[0]).toEqual(['g100']);
  });
});
