import { useCallback, useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/**
 * Hands the focus on when what has it goes: with its row, say, which was deleted. Otherwise the
 * keyboard would begin again at the top of the window.
 */
export function useKeptFocus(heir: RefObject<HTMLElement | null>) {
  const had = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (had.current?.isConnected !== false) return;
    had.current = null;
    // a row goes while one reads another: nothing need scroll
    if (document.activeElement === document.body) heir.current?.focus({ preventScroll: true });
  });

  const onFocus = useCallback(({ target, currentTarget }: FocusEvent) => {
    // dialogs over the page report here, too
    if (currentTarget.contains(target)) had.current = target;
  }, []);
  const onBlur = useCallback(({ target }: FocusEvent) => {
    if (target.isConnected) had.current = null;
  }, []);
  return { onFocus, onBlur };
}
