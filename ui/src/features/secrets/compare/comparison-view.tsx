import { Callout } from '@carbon/react';
import type { ClipboardEvent } from 'react';
import type { Comparison, ShownComparison } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';
import { differenceWords, differs } from './difference';
import { KeyTable } from './key-table';
import { LineList } from './line-list';
import { PasswordPair } from './password-pair';

type ComparisonViewProps = {
  /** `null`: there is none yet. */
  comparison: Comparison | null;
  /** The same with the values, while they are shown. */
  shown: ShownComparison | null;
  /** What is said where nothing differs, instead of a word for each kind of value. */
  sameTitle?: string;
};

/** What differs between two values. */
export function ComparisonView({ comparison, shown, sameTitle }: ComparisonViewProps) {
  const seen = shown ?? comparison;
  return (
    <div className="kt-compare" onCopy={keepFromClipboard}>
      {/* there before the first answer, so that each one is read out */}
      <div role="status">
        {seen && differs(seen) && <div className="kt-compare__summary">{differenceWords(seen)}</div>}
        {seen && !differs(seen) && (
          <Callout kind="info" lowContrast className="kt-problem" title={sameTitle ?? differenceWords(seen)} />
        )}
      </div>
      {seen && differs(seen) && <Differences seen={seen} shown={shown} />}
    </div>
  );
}

function Differences({ seen, shown }: { seen: Comparison | ShownComparison; shown: ShownComparison | null }) {
  switch (seen.kind) {
    case 'keys':
      return (
        <>
          <KeyTable entries={seen.entries} />
          <Unlisted number={seen.unlisted} one="difference" many="differences" />
        </>
      );
    case 'lines':
      return (
        shown?.kind === 'lines' && (
          <>
            <LineList lines={shown.lines} />
            <Unlisted number={shown.unlisted} one="line" many="lines" />
          </>
        )
      );
    case 'bytes':
      return (
        <div className="kt-compare__note">Binary values are compared as a whole. There is nothing to show of them.</div>
      );
    case 'password':
      return <PasswordPair shown={shown} />;
  }
}

function Unlisted({ number, one, many }: { number: number; one: string; many: string }) {
  if (number === 0) return null;
  return (
    <div className="kt-compare__note">
      {number === 1 ? `1 more ${one} is not listed.` : `${count(number)} more ${many} are not listed.`}
    </div>
  );
}

// the clipboard would keep it; to copy a value there is View, and Rust clears it again
function keepFromClipboard(event: ClipboardEvent): void {
  event.preventDefault();
}
