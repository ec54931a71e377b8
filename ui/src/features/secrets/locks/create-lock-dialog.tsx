import { Add } from '@carbon/icons-react';
import { Button, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { VersionAlias } from '../../../ipc/bindings';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import type { SecretRef } from '../facts';
import { locksQuery, versionsQuery } from '../queries';
import { isFilled, withAnother, withoutLock, type LockDraft } from './lock-draft';
import { lockHindrance, versionOf } from './lock-facts';
import { LockFields } from './lock-fields';
import { LockOptions } from './lock-options';
import { useCreateLocks, type CreatedLocks } from './use-create-locks';
import { VersionChoice } from './version-choice';

type CreateLockDialogProps = {
  secret: SecretRef;
  alias: VersionAlias;
  onClose: () => void;
  onCreated: (created: CreatedLocks) => void;
};

/** **Create lock**: one lock or several, all of them or none. */
export function CreateLockDialog({ secret, alias, onClose, onCreated }: CreateLockDialogProps) {
  const versions = useQuery(versionsQuery(secret.id));
  const known = useQuery(locksQuery(secret.id, { limit: 100 }));
  const { draft, change, changeLock, create, error, errorOf, unplaced } = useCreateLocks(secret.id, alias, onCreated);
  const { leaving, close } = useLeaveGuard(draft, () => isFilled(draft), onClose);
  const more = useRef<HTMLButtonElement>(null);
  const all = versions.data ?? [];
  const version = versionOf(all, draft.alias);
  const ready = version !== undefined && lockHindrance(all, draft.alias) === null;
  const taken = known.data?.items.filter(({ secret_version_id }) => secret_version_id === version?.metadata.id) ?? [];

  function submit(): void {
    if (ready) void create.run(version.metadata.id);
  }

  function replaces({ name }: LockDraft): string | null {
    return taken.some((lock) => lock.name === name)
      ? `The ${draft.alias} version has a lock of this name. It will be replaced.`
      : null;
  }

  return (
    <TaskDialog
      heading="Create lock"
      danger={draft.deleteData}
      task={{ label: 'Create', run: submit, slow: create.slow, progress: 'Creating…', disabled: !ready }}
      onClose={close}
      size="md"
      className="kt-dialog"
    >
      <EnterForm onSubmit={submit} error={error}>
        <Stack gap={6}>
          <p className="kt-dialog__lead">
            A lock on a version of <strong>{secret.name}</strong> says that somebody uses its value.
          </p>
          <VersionChoice versions={all} alias={draft.alias} onChange={(chosen) => change({ alias: chosen })} />
          {draft.locks.map((lock, index) => (
            <LockFields
              key={lock.key}
              lock={lock}
              place={index + 1}
              several={draft.locks.length > 1}
              replaces={replaces(lock)}
              errorOf={(field) => errorOf(lock, field)}
              onChange={(next) => changeLock(lock.key, next)}
              onRemove={() => {
                more.current?.focus();
                change((before) => withoutLock(before, lock.key));
              }}
            />
          ))}
          <Button ref={more} kind="ghost" size="sm" renderIcon={Add} onClick={() => change(withAnother)}>
            Add another lock
          </Button>
          {draft.alias === 'current' && (
            <LockOptions draft={draft} hindrance={lockHindrance(all, 'previous')} onChange={change} />
          )}
        </Stack>
      </EnterForm>
      <ProblemNotice error={unplaced ?? versions.error} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
