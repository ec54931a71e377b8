import { Button, InlineLoading } from '@carbon/react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { lockWords } from '../locks/lock-facts';

type ConfirmRemovalProps = {
  total: number;
  /** They are the last that keep an expired secret. */
  destroys: boolean;
  slow: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

/**
 * Asks within the dialog: two of Carbon's dialogs over each other fight for the focus. Escape takes
 * back the question, and not the rotation.
 */
export function ConfirmRemoval({ total, destroys, slow, onConfirm, onCancel }: ConfirmRemovalProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  }

  return (
    <div role="group" aria-labelledby="kt-blocking-question" className="kt-blocking__question">
      <p id="kt-blocking-question">
        {destroys
          ? `Remove ${lockWords(total)} from the previous version? The expiration date has passed and no other lock keeps the secret, so that this destroys it.`
          : `Remove ${lockWords(total)} from the previous version? Whoever uses its value loses it with one of the next rotations.`}
      </p>
      <div className="kt-blocking__actions">
        <Button
          kind="danger"
          size="sm"
          aria-describedby="kt-blocking-question"
          onClick={onConfirm}
          onKeyDown={press}
        >
          Remove locks
        </Button>
        <Button
          ref={keep}
          kind="ghost"
          size="sm"
          aria-describedby="kt-blocking-question"
          onClick={onCancel}
          onKeyDown={press}
        >
          Keep locks
        </Button>
        {slow && <InlineLoading description="Removing…" />}
      </div>
    </div>
  );
}
