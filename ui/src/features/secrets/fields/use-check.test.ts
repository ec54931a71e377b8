import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useCheck } from './use-check';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const check = (text: string) =>
  Promise.resolve(text.includes(' ') ? ({ code: 'bad_request', message: 'No spaces.' } as const) : null);
const pass = () => act(() => vi.advanceTimersByTimeAsync(300));

it('has nothing to say of a text that is as it was', async () => {
  const { result, rerender } = renderHook(({ text }) => useCheck(text, check), { initialProps: { text: 'db' } });
  rerender({ text: 'd b' });
  await pass();
  expect(result.current.problem?.message).toBe('No spaces.');
  rerender({ text: 'db' });
  expect(result.current.problem).toBeNull();
});

it('keeps what was found of the first text itself', async () => {
  const { result } = renderHook(() => useCheck('d b', check));
  await pass();
  expect(result.current.problem).toBeNull();
  await act(() => result.current.now());
  expect(result.current.problem?.message).toBe('No spaces.');
});
