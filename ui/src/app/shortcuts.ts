import { useEffect, useEffectEvent } from 'react';

type Shortcuts = { onList: () => void; onLock: (() => void) | undefined };

/** Keys that work everywhere. A page's own keys (`/`) are its own business. */
export function useShortcuts({ onList, onLock }: Shortcuts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'l') {
      event.preventDefault();
      onLock?.();
    }
    if (event.key === '?' && !event.ctrlKey && !event.altKey && !isTaken(event.target)) {
      event.preventDefault();
      onList();
    }
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Somebody is typing, or a dialog has the keys. */
function isTaken(target: EventTarget | null): boolean {
  const typing = target instanceof Element && target.closest('input, textarea, select') !== null;
  return typing || document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
