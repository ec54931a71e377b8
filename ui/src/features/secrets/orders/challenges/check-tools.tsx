import { Button, InlineLoading } from '@carbon/react';

type CheckToolsProps = {
  /** It repeats. */
  on: boolean;
  busy: boolean;
  /** What is said when nothing is left to look for. */
  done: string | null;
  onStop: () => void;
};

/** Whether the name servers are being asked, and how to end it. */
export function CheckTools({ on, busy, done, onStop }: CheckToolsProps) {
  return (
    <div className="kt-challenges__tools">
      <div role="status">
        {busy && <InlineLoading description="Asking the name servers…" />}
        {!busy && on && <p>They are asked again every 10 seconds.</p>}
        {!busy && !on && done !== null && <p>{done}</p>}
      </div>
      {on && (
        <Button kind="ghost" size="sm" onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
}
