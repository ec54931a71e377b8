import { useCallback, useRef, useState } from 'react';

/**
 * What is open over a page, one thing at a time. A thing is closed by its own identity: a command that
 * ends after its dialog was dismissed must not close the one that was opened since.
 */
export function useOpened<Thing extends object>() {
  const [opened, setOpened] = useState<Thing | null>(null);
  const newest = useRef<Thing | null>(null);

  const open = useCallback((thing: Thing) => {
    newest.current = thing;
    setOpened(thing);
  }, []);

  /** Says whether it was still open. */
  const close = useCallback((thing: Thing | null): boolean => {
    if (thing === null || newest.current !== thing) return false;
    newest.current = null;
    setOpened(null);
    return true;
  }, []);

  return { opened, open, close };
}
