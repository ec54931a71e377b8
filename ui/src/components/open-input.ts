import { useEffect } from 'react';

const openDialog = '[role="dialog"][aria-modal="true"]';
const unsaved = new Set<object>();

/** Whether a dialog or panel lies over the page. */
export function isDialogOpen(): boolean {
  return document.querySelector(openDialog) !== null;
}

/** Notes that a page holds what is stored nowhere yet, so that nothing leads away from it unasked. */
export function useUnsavedInput(entered: boolean): void {
  useEffect(() => {
    if (!entered) return undefined;
    const mark = {};
    unsaved.add(mark);
    return () => void unsaved.delete(mark);
  }, [entered]);
}

/** Why leading elsewhere could throw away what was entered; `null`: it cannot. */
export function whyStay(): string | null {
  if (isDialogOpen()) return 'Close the open dialog first.';
  return unsaved.size > 0 ? 'Finish what you began on this page first.' : null;
}
