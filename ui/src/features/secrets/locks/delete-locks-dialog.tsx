import { InlineNotification, Stack } from '@carbon/react';
import { useState } from 'react';
import { commands, type SecretLocks } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import type { SecretRef } from '../facts';
import { deletionEffect, lockWords, type LockCounts } from './lock-facts';
import { countGroups, type LockGroup } from './selection';

type DeleteLocksDialogProps = {
  secret: SecretRef;
  groups: readonly LockGroup[];
  /** The locks there are. */
  counts: LockCounts;
  /** Only the locks keep the secret readable. */
  held: boolean;
  onClose: () => void;
  /** Locks of a version are gone, and those of another one may be still to go. */
  onChanged: () => void;
  onDeleted: (locks: SecretLocks) => void;
};

const mostNamed = 10;

/** **Delete** of locks: says what comes of it. */
export function DeleteLocksDialog(props: DeleteLocksDialogProps) {
  const { secret, groups, counts, held, onClose, onChanged, onDeleted } = props;
  // each version is a call of its own, and a second one may fail
  const [gone, setGone] = useState<readonly LockGroup[]>([]);
  const left = groups.filter((group) => !gone.includes(group));
  const deleted = countGroups(left);
  const last = deleted.current + deleted.previous >= counts.current + counts.previous;

  const remove = useAction(async () => {
    let locks: SecretLocks | null = null;
    for (const group of left) {
      locks = await commands.deleteLocks(secret.id, group.version, group.names);
      setGone((before) => [...before, group]);
      onChanged();
    }
    if (locks) onDeleted(locks);
  });

  return (
    <TaskDialog
      heading={heading(groups)}
      danger
      task={{ label: 'Delete', run: () => void remove.run(), slow: remove.slow, progress: 'Deleting…' }}
      onClose={onClose}
      className="kt-dialog"
    >
      <Stack gap={5}>
        <p className="kt-dialog__lead">
          A lock says that somebody uses the value of a version. Without it, nothing keeps that value of{' '}
          <strong>{secret.name}</strong> from being replaced.
        </p>
        {left.map((group) => (
          <p key={group.version} className="kt-dialog__lead">
            On the {group.alias} version: {whichOf(group)}.
          </p>
        ))}
        {gone.map((group) => (
          <p key={group.version}>
            {lockWords(group.total)} on the {group.alias} version {group.total === 1 ? 'is' : 'are'} deleted already.
          </p>
        ))}
        {held && last ? (
          <InlineNotification
            kind="warning"
            lowContrast
            hideCloseButton
            className="kt-problem"
            title="This destroys the secret."
            subtitle="Its expiration date has passed, and only the locks keep it readable. Without them its value cannot be read again. To keep the secret, give it a later expiration date first."
          />
        ) : (
          <p>{deletionEffect(counts, deleted)}</p>
        )}
        <ProblemNotice error={remove.error} />
      </Stack>
    </TaskDialog>
  );
}

function whichOf({ names, total }: LockGroup): string {
  if (names === null) return total === 1 ? '1 lock' : `all ${lockWords(total)}`;
  const named = names.slice(0, mostNamed).join(', ');
  return names.length > mostNamed ? `${named} and ${count(names.length - mostNamed)} more` : named;
}

function heading(groups: readonly LockGroup[]): string {
  const [first, ...others] = groups;
  if (first && others.length === 0) {
    if (first.names === null) return `Delete all locks on the ${first.alias} version`;
    if (first.names.length === 1) return `Delete the lock ${first.names.join()}`;
  }
  return `Delete ${lockWords(groups.reduce((sum, { total }) => sum + total, 0))}`;
}
