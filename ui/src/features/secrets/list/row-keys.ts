import type { KeyboardEvent } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import type { SecretAction } from './row-menu';

type RowKeys = {
  secrets: readonly SecretView[];
  onAction: (action: SecretAction, secret: SecretView) => void;
  /** It cannot be done; the row's menu says why. */
  onHindered: (secret: SecretView, button: HTMLElement) => void;
};

const letters: Readonly<Record<string, 'view' | 'rotate' | 'versions'>> = { v: 'view', r: 'rotate', h: 'versions' };
const controls = 'input, button, a[href]';

/** What keys do while the focus is somewhere in a row. */
export function pressRowKey(event: KeyboardEvent<HTMLElement>, { secrets, onAction, onHindered }: RowKeys): void {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(target instanceof HTMLElement)) return;
  const row = target.closest('tr');
  const secret = row && secrets[row.sectionRowIndex];
  if (!secret) return;

  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = counterpart(target, key === 'ArrowUp' ? row.previousElementSibling : row.nextElementSibling);
    if (next) event.preventDefault();
    next?.focus();
    return;
  }
  // Enter on a name or button is that control's own
  const action = key === 'Enter' && target instanceof HTMLInputElement ? 'details' : letters[key];
  if (!action || event.repeat) return;
  event.preventDefault();
  const hindrance = action === 'view' || action === 'rotate' ? secret.availability[action] : null;
  const button = row.querySelector<HTMLElement>('[data-actions-of]');
  if (hindrance && button) onHindered(secret, button);
  else onAction(action, secret);
}

/** What stands in another row where this one stands in its own. */
function counterpart(control: HTMLElement, row: Element | null): HTMLElement | null | undefined {
  const cell = control.closest('td');
  if (!cell || !(row instanceof HTMLTableRowElement)) return null;
  return row.cells[cell.cellIndex]?.querySelector<HTMLElement>(controls) ?? row.querySelector<HTMLElement>(controls);
}
