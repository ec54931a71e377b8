import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { RelativeDate } from './relative-date';

afterEach(() => vi.useRealTimers());

it('goes on with the time, by one timer for all dates', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-02T12:00:30Z') });
  const { unmount } = render(
    <>
      <RelativeDate value="2026-01-02T12:02:31Z" />
      <RelativeDate value="2026-01-02T12:00:00Z" />
    </>,
  );
  expect(screen.getByText(/in 2 minutes/)).toBeTruthy();
  expect(screen.getByText(/just now/)).toBeTruthy();
  expect(vi.getTimerCount()).toBe(1);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(screen.getByText(/in 1 minute/)).toBeTruthy();
  expect(screen.getByText(/1 minute ago/)).toBeTruthy();
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
