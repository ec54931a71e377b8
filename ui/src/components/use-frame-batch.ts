import { useRef } from 'react';

/** Gathers what comes in a burst and hands it on once per frame, so that the page is drawn in between. */
export function useFrameBatch<Item>(take: (items: readonly Item[]) => void) {
  const waiting = useRef<Item[]>([]);
  const frame = useRef(0);
  return {
    add(item: Item): void {
      if (waiting.current.push(item) > 1) return;
      frame.current = requestAnimationFrame(() => {
        const items = waiting.current;
        waiting.current = [];
        take(items);
      });
    },
    /** Forgets what was not handed on yet. */
    drop(): void {
      cancelAnimationFrame(frame.current);
      waiting.current = [];
    },
  };
}
