import { useEffect, useRef, type RefObject } from 'react';

/**
 * Takes the focus for what appears in the place of what had it: a file row for the button that chose
 * the file. Without it, the keyboard would begin again at the top of the page.
 */
export function useLostFocus<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    if (document.activeElement === document.body) part.current?.focus();
  }, []);
  return part;
}
