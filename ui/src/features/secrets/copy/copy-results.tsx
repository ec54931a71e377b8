import { Button, ListItem, UnorderedList } from '@carbon/react';
import { CheckmarkFilled, ErrorFilled, WarningFilled } from '@carbon/icons-react';
import { ProblemNotice } from '../../../components/problem-notice';
import { useAction } from '../../../components/use-action';
import { problemText } from '../batch/wording';
import { howItEnded } from './copy-words';
import type { Copied } from './use-copying';

type CopyResultsProps = { results: readonly Copied[]; onRemove: (copied: Copied) => Promise<void> };

/** What became of each secret. */
export function CopyResults({ results, onRemove }: CopyResultsProps) {
  return (
    <div role="status" className="kt-copy__results">
      {results.map((copied) => (
        <Result key={copied.id} copied={copied} onRemove={onRemove} />
      ))}
    </div>
  );
}

function Result({ copied, onRemove }: { copied: Copied; onRemove: (copied: Copied) => Promise<void> }) {
  const remove = useAction(() => onRemove(copied));
  const receipt = 'receipt' in copied ? copied.receipt : null;
  const partial = receipt !== null && receipt.outcome.kind !== 'checked' && receipt.secret_id !== null;
  return (
    <section className="kt-copy__result" aria-label={copied.name}>
      <h3 className="kt-copy__name">
        <Mark copied={copied} /> {receipt?.name ?? copied.name}
      </h3>
      <p>{textOf(copied)}</p>
      {receipt && receipt.differences.length > 0 && (
        <UnorderedList aria-label="Differences" className="kt-copy__notes">
          {receipt.differences.map((difference) => (
            <ListItem key={difference}>{difference}</ListItem>
          ))}
        </UnorderedList>
      )}
      {receipt?.created_group && <p>The group {receipt.created_group} was created there.</p>}
      {partial && (
        <Button kind="danger--tertiary" size="sm" disabled={remove.busy} onClick={() => void remove.run()}>
          Remove the partial copy
        </Button>
      )}
      <ProblemNotice error={remove.error} />
    </section>
  );
}

function textOf(copied: Copied): string {
  if ('problem' in copied) return `Not copied. ${problemText(copied.problem)}`;
  if ('ended' in copied) return 'Not copied. It was ended before.';
  return 'receipt' in copied ? howItEnded(copied.receipt) : 'The partial copy was removed.';
}

function Mark({ copied }: { copied: Copied }) {
  const outcome = 'receipt' in copied ? copied.receipt.outcome.kind : 'problem' in copied ? 'failed' : 'removed';
  if (outcome === 'checked') return <CheckmarkFilled className="kt-copy__ok" aria-label="Checked" />;
  if (outcome === 'failed') return <ErrorFilled className="kt-copy__failed" aria-label="Failed" />;
  return <WarningFilled className="kt-copy__partial" aria-label={outcome === 'removed' ? 'Removed' : 'Ended'} />;
}
