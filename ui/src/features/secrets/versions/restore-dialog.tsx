import { Stack } from '@carbon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import { commands, type SecretView, type VersionView } from '../../../ipc/bindings';
import { isConflict } from '../../../ipc/problem';
import { ProblemNotice } from '../../../components/problem-notice';
import { RelativeDate } from '../../../components/relative-date';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import type { SecretRef } from '../facts';

type RestoreDialogProps = {
  secret: SecretRef;
  version: VersionView;
  /** The secret as the panel read it: what a restore expects to find. */
  current: UseQueryResult<SecretView>;
  onClose: () => void;
  onRestored: (version: VersionView) => void;
};

/** Confirms **Restore**, which makes a new version and takes nothing away. */
export function RestoreDialog({ secret, version, current, onClose, onRestored }: RestoreDialogProps) {
  const restore = useAction(async () => {
    if (!current.data) return;
    onRestored(await commands.restoreVersion(secret.id, version.metadata.id, current.data.revision));
  });
  const conflict = isConflict(restore.error);

  async function reload(): Promise<void> {
    await current.refetch();
    restore.clear();
  }

  return (
    <TaskDialog
      heading={`Restore version ${version.number}`}
      task={{
        label: 'Restore',
        run: () => void restore.run(),
        slow: restore.slow,
        progress: 'Restoring…',
        disabled: !current.data,
      }}
      onClose={onClose}
      className="kt-dialog"
    >
      <Stack gap={5}>
        <p className="kt-dialog__lead">
          This makes a new version of <strong>{secret.name}</strong> with the value that version {version.number} has.
          The current version becomes the previous one.
        </p>
        <p>
          Version {version.number} is from <RelativeDate value={version.metadata.created_at} />. The current version is
          from <RelativeDate value={current.data?.rotated_at} />.
        </p>
        <ProblemNotice
          error={restore.error ?? current.error}
          {...(conflict || current.error ? { action: { label: 'Reload and review', run: () => void reload() } } : {})}
        />
      </Stack>
    </TaskDialog>
  );
}
