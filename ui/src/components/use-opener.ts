import { useRef } from 'react';

/** Remembers what had the focus when a dialog was opened, and gives it back when it closes. */
export function useOpener() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    remember() {
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    },
    giveBack() {
      const { current } = opener;
      // the dialog leaves the page first; what opened it is still where it was, so nothing need scroll
      requestAnimationFrame(() => {
        const back = current?.isConnected ? current : document.querySelector('main');
        back?.focus({ preventScroll: true });
      });
    },
  };
}
