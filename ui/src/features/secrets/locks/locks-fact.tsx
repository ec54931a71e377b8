import { Button } from '@carbon/react';
import type { SecretView } from '../../../ipc/bindings';
import { heldWords } from './lock-facts';
import { LockTotal } from './lock-total';

/** **Locks** among the facts of a secret, and the way to them. */
export function LocksFact({ secret, onShow }: { secret: SecretView; onShow: () => void }) {
  const { locks_total: total } = secret.metadata;
  return (
    <div>
      <dt>Locks</dt>
      <dd>
        <span className="kt-locks__version">
          {total === 0 ? 'None' : <LockTotal total={total} />}
          <Button kind="ghost" size="sm" onClick={onShow}>
            Show locks
          </Button>
        </span>
        {secret.held_by_locks && <span className="kt-locks__reason">{heldWords}</span>}
      </dd>
    </div>
  );
}
