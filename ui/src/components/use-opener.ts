import { useRef } from 'react';
import { focusBack } from './focus-back';

/** Remembers what had the focus when a dialog was opened, and gives it back when it closes. */
export function useOpener() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    remember() {
      opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    },
    giveBack() {
      const { current } = opener;
      focusBack(() => (current?.isConnected ? current : document.querySelector('main')));
    },
  };
}
