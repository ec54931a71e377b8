import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/**
 * Whole seconds until `until` (on the clock of `performance.now`), and a call when they are over.
 * Counts by the clock, not by its own ticks: a window in the background gets few of those.
 */
export function useCountdown(until: number | null, over: () => void): number {
  const left = useSyncExternalStore(until === null ? never : everyTick, () => secondsTo(until));
  const end = useEffectEvent(over);
  useEffect(() => {
    if (until !== null && left === 0) end();
  }, [until, left]);
  return left;
}

function secondsTo(until: number | null): number {
  return until === null ? 0 : Math.max(0, Math.ceil((until - performance.now()) / 1000));
}

function everyTick(listener: () => void): () => void {
  const timer = window.setInterval(listener, 200);
  return () => window.clearInterval(timer);
}

function never(): () => void {
  return () => undefined;
}
