/**
 * Gives the focus back once a dialog has left the page. Whoever went elsewhere meanwhile, into the
 * next dialog say, is left alone.
 */
export function focusBack(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    // what opened the dialog is still where it was, so nothing need scroll
    if (document.activeElement === document.body) find()?.focus({ preventScroll: true });
  });
}
