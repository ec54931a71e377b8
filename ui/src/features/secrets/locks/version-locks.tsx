import { Button } from '@carbon/react';
import type { VersionAlias } from '../../../ipc/bindings';
import { aliasWords, type LockCounts } from './lock-facts';
import { LockTotal } from './lock-total';

type VersionLocksProps = {
  counts: LockCounts;
  onDeleteAll: (alias: VersionAlias, button: HTMLElement) => void;
};

const order: readonly VersionAlias[] = ['current', 'previous'];

/** How many locks each version has. */
export function VersionLocks({ counts, onDeleteAll }: VersionLocksProps) {
  return (
    <dl className="kt-facts">
      {order.map((alias) => (
        <div key={alias}>
          <dt>{aliasWords[alias]} version</dt>
          <dd className="kt-locks__version">
            {counts[alias] === 0 ? 'No locks' : <LockTotal total={counts[alias]} />}
            {counts[alias] > 1 && (
              <Button
                kind="danger--ghost"
                size="sm"
                aria-label={`Delete all locks on the ${alias} version`}
                onClick={(event: { currentTarget: HTMLElement }) => onDeleteAll(alias, event.currentTarget)}
              >
                Delete all
              </Button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
