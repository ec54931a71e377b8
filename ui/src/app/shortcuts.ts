import { useEffect, useEffectEvent } from 'react';
import { useKey } from '../components/use-key';

type Shortcuts = { onList: () => void; onLock: (() => void) | undefined };

/** Keys that work everywhere. A page's own keys (`/`) are its own business. */
export function useShortcuts({ onList, onLock }: Shortcuts): void {
  useKey('?', onList);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'l') {
      event.preventDefault();
      onLock?.();
    }
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
