import { useEffect, useEffectEvent } from 'react';
import { isDialogOpen } from '../components/open-input';
import { useKey } from '../components/use-key';

type Shortcuts = { onList: () => void; onPalette: () => void; onLock: (() => void) | undefined };

/** Keys that work everywhere. A page's own keys (`/`) are its own business. */
export function useShortcuts({ onList, onPalette, onLock }: Shortcuts): void {
  useKey('?', onList);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!event.ctrlKey || event.altKey || event.shiftKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key === 'l') {
      event.preventDefault();
      onLock?.();
    } else if (key === 'k') {
      event.preventDefault();
      // what a dialog holds is not left for another one
      if (!isDialogOpen()) onPalette();
    }
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
