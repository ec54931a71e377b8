import { useCallback, useRef, type RefObject } from 'react';
import { focusBack } from '../../components/focus-back';
import { useOpened } from '../../components/use-opened';
import type { OverList } from './list-dialog';

/** What stands over the list. Closing it gives the focus back to what opened it. */
export function useListDialog(addButton: RefObject<HTMLElement | null>) {
  const { opened, open: show, close } = useOpened<OverList>();
  const opener = useRef<Element | null>(null);

  const open = useCallback(
    (next: OverList) => {
      opener.current = document.activeElement;
      show(next);
    },
    [show],
  );
  const onClose = useCallback(() => {
    if (close(opened)) focusBack(() => connected(opener.current) ?? actionsOf(opened) ?? addButton.current);
  }, [close, opened, addButton]);

  return { opened, open, onClose };
}

/** What opened the dialog, unless it is gone: an entry of a menu, say. */
function connected(opener: Element | null): HTMLElement | null {
  return opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : null;
}

function actionsOf(opened: OverList | null): HTMLElement | null {
  const id = opened && 'secret' in opened ? opened.secret.metadata.id : '';
  return document.querySelector<HTMLElement>(`[data-actions-of="${id}"]`);
}
