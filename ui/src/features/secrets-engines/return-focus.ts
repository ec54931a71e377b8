import { focusBack } from '../../components/focus-back';

/** To the button of a row, or, when the row is gone or there was none, to the button of the list. */
export function returnFocus(id: string | null, listButton: () => HTMLElement | null): void {
  focusBack(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('[data-actions-of]')];
    return buttons.find(({ dataset }) => dataset.actionsOf === id) ?? listButton();
  });
}
