import { Button } from '@carbon/react';
import { useRef } from 'react';
import { useFocusHeir } from '../../../components/hand-focus-on';
import { lockWords } from './lock-facts';
import { WriteButton } from '../../../components/write-button';

type SelectionBarProps = { total: number; onDelete: (button: HTMLElement) => void; onClear: () => void };

/** What can be done with the selected locks together. */
export function SelectionBar({ total, onDelete, onClear }: SelectionBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useFocusHeir(bar);
  return (
    <div ref={bar} role="group" aria-label="Selected locks" className="kt-locks__bar">
      <p role="status">{lockWords(total)} selected</p>
      <WriteButton
        kind="danger--tertiary"
        size="sm"
        onClick={(event: { currentTarget: HTMLElement }) => onDelete(event.currentTarget)}
      >
        Delete selected
      </WriteButton>
      <Button kind="ghost" size="sm" onClick={onClear}>
        Clear selection
      </Button>
    </div>
  );
}
