import { InlineLoading } from '@carbon/react';
import { useSlow } from '../../components/use-slow';

type SavedMarkProps = { saving: boolean; saved: boolean };

/** Says quietly beside a setting that it was saved. */
export function SavedMark({ saving, saved }: SavedMarkProps) {
  const slow = useSlow(saving);
  return (
    <div className="kt-saved" aria-live="polite">
      {slow && <InlineLoading description="Saving…" />}
      {saved && <InlineLoading status="finished" description="Saved" iconDescription="" />}
    </div>
  );
}
