import { useLayoutEffect, type RefObject } from 'react';

/**
 * Moves the focus from a control that is about to go or to be disabled to its neighbour. Who went
 * elsewhere meanwhile is left alone.
 */
export function handFocusOn(from: Element | null, to: HTMLElement | null): void {
  const { activeElement } = document;
  if (activeElement === from || activeElement === document.body) to?.focus();
}

const dialogOrPage = '[role="dialog"], main';

/** The same for a part that goes by itself: to what is around it. */
export function useFocusHeir(part: RefObject<HTMLElement | null>, around = dialogOrPage): void {
  useLayoutEffect(() => {
    const leaving = part.current;
    const heir = leaving?.closest<HTMLElement>(around);
    return () => {
      if (leaving?.contains(document.activeElement)) heir?.focus({ preventScroll: true });
    };
  }, [part, around]);
}
