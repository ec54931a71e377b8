import { useEffect, useEffectEvent } from 'react';
import { isDialogOpen } from './open-input';

const fields = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select';
const overPage = '[role="dialog"], [role="menu"], [role="listbox"]';

/** A key of the page: it works wherever nobody types and nothing lies over the page. */
export function useKey(key: string, act: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTaken({ key, target }: KeyboardEvent): boolean {
  if (isDialogOpen()) return true;
  if (!(target instanceof Element)) return false;
  // a letter chooses the option of a dropdown that begins with it
  const chooses = /^\p{L}$/u.test(key) && target.closest('[role="combobox"]') !== null;
  return chooses || target.closest(`${fields}, ${overPage}`) !== null;
}
