import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useFrameBatch } from './use-frame-batch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('hands on in each frame so many of what came', () => {
  const take = vi.fn();
  const { current: batch } = renderHook(() => useFrameBatch<number>(2, take)).result;
  batch.add(1);
  batch.add(2, 3);
  expect(take).not.toHaveBeenCalled();
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[1, 2]]]);
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[1, 2]], [[3]]]);
  batch.add(4);
  batch.drop();
  vi.advanceTimersToNextFrame();
  batch.add(5);
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[1, 2]], [[3]], [[5]]]);
});

it('tells when nothing waits any more', async () => {
  const { current: batch } = renderHook(() => useFrameBatch<number>(1, () => undefined)).result;
  await batch.rest();
  batch.add(1, 2);
  const told = vi.fn();
  void batch.rest().then(told);
  await vi.advanceTimersByTimeAsync(17);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(17);
  expect(told).toHaveBeenCalledOnce();
  batch.add(3);
  void batch.rest().then(told);
  batch.drop();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledTimes(2);
});
