import { useRef } from 'react';

/** Gathers what comes in a burst and hands it on by and by, so many each frame, so that the page is drawn in between. */
export function useFrameBatch<Item>(atOnce: number, take: (items: readonly Item[]) => void) {
  const waiting = useRef<Item[]>([]);
  const frame = useRef(0);
  const onRest = useRef<(() => void)[]>([]);
  function rests(): void {
    for (const told of onRest.current.splice(0)) told();
  }
  function hand(): void {
    const items = waiting.current.splice(0, atOnce);
    take(items);
    if (waiting.current.length > 0) frame.current = requestAnimationFrame(hand);
    else rests();
  }
  return {
    add(...items: readonly Item[]): void {
      const idle = waiting.current.length === 0;
      waiting.current.push(...items);
      if (idle && items.length > 0) frame.current = requestAnimationFrame(hand);
    },
    /** Ends when everything was handed on, or forgotten. */
    async rest(): Promise<void> {
      if (waiting.current.length > 0) await new Promise<void>((resolve) => onRest.current.push(resolve));
    },
    /** Forgets what was not handed on yet. */
    drop(): void {
      cancelAnimationFrame(frame.current);
      waiting.current = [];
      rests();
    },
  };
}
