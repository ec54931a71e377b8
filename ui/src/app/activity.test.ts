import { fireEvent, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerCalls, type Call } from '../ipc/testing';
import { useActivity } from './activity';

let calls: Call[];

beforeEach(() => {
  vi.useFakeTimers();
  calls = answerCalls({ touch: () => null });
});
afterEach(() => void vi.useRealTimers());

it('tells of work at once, and then at most every ten seconds', () => {
  renderHook(() => useActivity(true));
  expect(calls).toHaveLength(0);
  fireEvent.keyDown(window);
  fireEvent.pointerMove(window);
  fireEvent.keyDown(window);
  expect(calls).toHaveLength(1);
  vi.advanceTimersByTime(9_900);
  expect(calls).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect(calls).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(calls).toHaveLength(2);
  fireEvent.pointerDown(window);
  expect(calls).toHaveLength(3);
});

it('is silent while nothing is unlocked, and afterwards', () => {
  const { rerender, unmount } = renderHook(({ unlocked }) => useActivity(unlocked), {
    initialProps: { unlocked: false },
  });
  fireEvent.keyDown(window);
  expect(calls).toHaveLength(0);
  rerender({ unlocked: true });
  fireEvent.keyDown(window);
  fireEvent.keyDown(window);
  unmount();
  vi.advanceTimersByTime(60_000);
  fireEvent.keyDown(window);
  expect(calls).toHaveLength(1);
});
