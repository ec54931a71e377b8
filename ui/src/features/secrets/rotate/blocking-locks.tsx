import { Button, Callout } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { commands, type Problem, type RotationOutlook } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';
import { useFocusHeir } from '../../../components/hand-focus-on';
import { ProblemNotice } from '../../../components/problem-notice';
import { RelativeDate } from '../../../components/relative-date';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { useLostFocus } from '../../../components/use-lost-focus';
import { deletedToast } from '../locks/lock-toasts';
import { refreshSecrets } from '../queries';
import { ConfirmRemoval } from './confirm-removal';

type BlockingLocksProps = {
  outlook: RotationOutlook;
  hindrance: Problem;
  /** Looks at the rotation again. */
  reload: () => Promise<unknown>;
  onShowLocks: () => void;
};

/** The locks on the previous version that are in the way, and the ways out. */
export function BlockingLocks({ outlook, hindrance, reload, onShowLocks }: BlockingLocksProps) {
  const { secret, blocking_locks: locks, blocking_total: total } = outlook;
  const client = useQueryClient();
  const showToast = useToasts();
  const part = useRef<HTMLDivElement>(null);
  useFocusHeir(part);
  const [asking, setAsking] = useState(false);

  const remove = useAction(async () => {
    const [first] = locks;
    if (!first) return;
    // where all of them are named here, none goes that nobody saw
    const names = locks.length === total ? locks.map(({ name }) => name) : null;
    const group = { version: first.secret_version_id, alias: 'previous', names, total } as const;
    const left = await commands.deleteLocks(secret.metadata.id, group.version, names);
    showToast(deletedToast([group], secret.held_by_locks, left));
    void refreshSecrets(client);
    await reload();
    setAsking(false);
  });

  return (
    <div ref={part} role="alert">
      <Callout
        className="kt-problem"
        kind="error"
        lowContrast
        titleId="kt-blocking-title"
        title={hindrance.message}
        subtitle={hindrance.remedy ?? ''}
      >
        <ul className="kt-blocking__locks">
          {locks.map(({ name, created_by, created_at }) => (
            <li key={name}>
              <strong>{name}</strong> by {created_by}, since <RelativeDate value={created_at} />
            </li>
          ))}
          {total > locks.length && <li>and {count(total - locks.length)} more</li>}
        </ul>
        {asking ? (
          <ConfirmRemoval
            total={total}
            destroys={secret.held_by_locks && secret.metadata.locks_total === total}
            slow={remove.slow}
            onConfirm={() => void remove.run()}
            onCancel={() => setAsking(false)}
          />
        ) : (
          <RemovalButtons onRemove={() => setAsking(true)} onShowLocks={onShowLocks} />
        )}
      </Callout>
      <ProblemNotice error={remove.error} />
    </div>
  );
}

function RemovalButtons({ onRemove, onShowLocks }: { onRemove: () => void; onShowLocks: () => void }) {
  const first = useLostFocus<HTMLButtonElement>();
  return (
    <div className="kt-blocking__actions">
      <Button
        ref={first}
        kind="danger--tertiary"
        size="sm"
        data-modal-primary-focus=""
        aria-describedby="kt-blocking-title"
        onClick={onRemove}
      >
        Remove these locks…
      </Button>
      <Button kind="ghost" size="sm" aria-describedby="kt-blocking-title" onClick={onShowLocks}>
        Show locks
      </Button>
    </div>
  );
}
