import { Button, InlineLoading } from '@carbon/react';
import { lookLabel } from './checked-words';

type CheckToolsProps = {
  /** It repeats. */
  on: boolean;
  busy: boolean;
  /** How the records stand; `null`: nothing is known yet. */
  tally: string | null;
  /** What is said when nothing is left to look for. */
  done: string | null;
  onStop: () => void;
};

/** What the name servers said in all, whether they are being asked, and how to end it. */
export function CheckTools({ on, busy, tally, done, onStop }: CheckToolsProps) {
  return (
    <div className="kt-challenges__tools kt-challenges__tools--check">
      {/* the one part that is read out: when the sum has changed, and not while it is being made */}
      <div role="status" aria-busy={busy}>
        <p>{tally ?? `Nothing was looked up yet. Choose ${lookLabel}.`}</p>
        {done !== null && <p>{done}</p>}
      </div>
      {busy && (
        <>
          {/* Carbon's circle would be read out each time it appears */}
          <span aria-hidden="true">
            <InlineLoading aria-live="off" />
          </span>
          <p>Asking the name servers…</p>
        </>
      )}
      {!busy && on && <p>They are asked again every 10 seconds.</p>}
      {on && (
        <Button kind="ghost" size="sm" onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
}
