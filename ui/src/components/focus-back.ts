/** Frames that a dialog may take to leave: a second, mostly. */
const patience = 60;

/**
 * Gives the focus back once a dialog has left the page, which may be some frames later. Whoever went
 * elsewhere meanwhile, into the next dialog say, is left alone.
 */
export function focusBack(find: () => HTMLElement | null | undefined): void {
  const leaving = document.activeElement;
  function tryIn(frames: number): void {
    requestAnimationFrame(() => {
      const { activeElement } = document;
      // what opened the dialog is still where it was, so nothing need scroll
      if (activeElement === document.body) find()?.focus({ preventScroll: true });
      else if (activeElement === leaving && frames > 1) tryIn(frames - 1);
    });
  }
  tryIn(patience);
}
