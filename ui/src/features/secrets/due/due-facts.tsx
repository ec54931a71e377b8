import type { SecretView } from '../../../ipc/bindings';
import { localMoments } from '../../../components/local-moments';
import { RelativeDate } from '../../../components/relative-date';
import { Fact } from '../fact';
import { policyOf } from '../facts';
import { snoozedUntil } from './due-dates';
import { OverdueMark } from './overdue-mark';

/** When the secret is due next, and why, as it is saved. */
export function DueFacts({ secret }: { secret: SecretView }) {
  const { due } = secret;
  if (!due) return <p className="kt-due-text">{whyNever(secret)}</p>;
  const snoozed = snoozedUntil(secret);
  return (
    <dl className="kt-facts" aria-label="Next rotation">
      <Fact label={due.by === 'rotation' ? 'Next rotation' : 'Next reminder'}>
        <RelativeDate value={due.at} />
        <OverdueMark due={due} />
      </Fact>
      <Fact label="Why">{localMoments(due.reason)}</Fact>
      {due.hindrance && <Fact label="In the way">{localMoments(due.hindrance)}</Fact>}
      {snoozed && (
        <Fact label="Snoozed until">
          <RelativeDate value={snoozed} />
        </Fact>
      )}
    </dl>
  );
}

function whyNever(secret: SecretView): string {
  const planned = secret.reminder != null || policyOf(secret.metadata)?.auto_rotate === true;
  return planned
    ? 'Nothing is due any more: only active secrets are rotated.'
    : 'Nothing rotates this secret by itself, and nobody is reminded to.';
}
