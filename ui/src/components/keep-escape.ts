import type { KeyboardEvent } from 'react';

/** Escape closes the open list of a field, and not the dialog as well. */
export function keepEscape(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'Escape' && event.currentTarget.querySelector('[aria-expanded="true"]')) event.stopPropagation();
}
