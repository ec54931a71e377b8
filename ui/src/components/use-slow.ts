import { useEffect, useState } from 'react';

/** Turns true once something has gone on for longer than a person takes for instant. */
export function useSlow(active: boolean, after = 300): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = window.setTimeout(() => setSlow(true), after);
    return () => {
      window.clearTimeout(timer);
      setSlow(false);
    };
  }, [active, after]);
  return slow && active;
}
