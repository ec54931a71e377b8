import { useEffect } from 'react';

// more than one dialog may show an order: a panel with Challenges over it
const shown: string[] = [];

/** Notes that the order of a secret is on the screen, so that nothing need be told of it besides. */
export function useLookedAt(secretId: string): void {
  useEffect(() => {
    shown.push(secretId);
    return () => {
      shown.splice(shown.indexOf(secretId), 1);
    };
  }, [secretId]);
}

export function isLookedAt(secretId: string): boolean {
  return shown.includes(secretId);
}
