import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ListState } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { narrowed } from './list-state';
import { useListView } from './use-list-view';

let kept: ListState[];

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  answerCalls({ save_list_state: ({ state }: { state: ListState }) => (kept.push(state), null) });
});
function wait() {
  act(() => {
    vi.advanceTimersByTime(1_000);
  });
}

afterEach(() => {
  vi.useRealTimers();
});

it('keeps a change that comes as the time to save ends', () => {
  const { result } = renderHook(() => useListView(null));
  act(() => {
    result.current[1]((view) => narrowed(view, { search: 'later' }));
    // before the change is on the page
    vi.advanceTimersByTime(1_000);
  });
  wait();
  expect(kept.map(({ query }) => query.search)).toEqual(['later']);
});

it('saves nothing that was not changed', () => {
  const { unmount } = renderHook(() => useListView(null));
  wait();
  unmount();
  expect(kept).toEqual([]);
});
