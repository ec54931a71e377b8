import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useFrameBatch } from './use-frame-batch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('hands on once a frame what came since the last one', () => {
  const take = vi.fn();
  const { current: batch } = renderHook(() => useFrameBatch<number>(take)).result;
  batch.add(1);
  batch.add(2);
  expect(take).not.toHaveBeenCalled();
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[1, 2]]]);
  batch.add(3);
  batch.drop();
  vi.advanceTimersToNextFrame();
  batch.add(4);
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[1, 2]], [[4]]]);
});
