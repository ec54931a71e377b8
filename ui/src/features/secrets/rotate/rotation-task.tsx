import { InlineNotification, Stack } from '@carbon/react';
import type { RotationOutlook, VersionView } from '../../../ipc/bindings';
import { unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { useLocksPanel } from '../locks/use-locks-panel';
import type { SecretTypeModule } from '../types/secret-type';
import { BlockingLocks } from './blocking-locks';
import { DifferenceSection } from './difference-section';
import { LocksMove } from './locks-move';
import { MetadataSection } from './metadata-section';
import { OutlookHead } from './outlook-head';
import { useRotation } from './use-rotation';

type RotationTaskProps = {
  type: SecretTypeModule;
  outlook: RotationOutlook;
  reload: () => Promise<unknown>;
  onClose: () => void;
  onRotated: (version: VersionView) => void;
};

/** The dialog once it knows what the rotation will do. */
export function RotationTask(props: RotationTaskProps) {
  const { type, outlook, reload, onClose } = props;
  const { draft, change, missing, stopped, metadata, versionMetadata, rotate, review, isFilled, conflict, reviewing } =
    useRotation(props);
  const error = missing ?? stopped ?? rotate.error;
  const { leaving, close } = useLeaveGuard(draft, isFilled, onClose);
  const { Body, fields } = type.rotation;
  const hindrance = outlook.hindrance ?? null;
  // these can be removed right here, so that what is entered stays in sight
  const blocked = hindrance?.code === 'locked' && outlook.blocking_total > 0;
  const look = useAction(reload);
  const locks = useLocksPanel(outlook.secret.metadata, () => void look.run());
  const placed = [...fields, 'custom_metadata', 'version_custom_metadata'];

  function submit(): void {
    if (!hindrance) void rotate.run();
  }

  if (locks.panel) return locks.panel;
  return (
    <TaskDialog
      heading={`Rotate ${outlook.secret.metadata.name}`}
      task={{
        label: 'Rotate',
        run: submit,
        slow: rotate.slow,
        progress: 'Rotating…',
        disabled: hindrance !== null,
      }}
      onClose={close}
      size={type.rotation.wide ? 'lg' : 'md'}
      className="kt-dialog"
    >
      <Stack gap={6}>
        {reviewing && !conflict && (
          <InlineNotification
            kind="info"
            lowContrast
            hideCloseButton
            className="kt-problem"
            title="This is the secret as it is now."
            subtitle="What you entered was kept. Look it over, then rotate."
          />
        )}
        <OutlookHead outlook={outlook} typeTitle={type.title} />
        {blocked ? (
          <BlockingLocks outlook={outlook} hindrance={hindrance} reload={reload} onShowLocks={locks.show} />
        ) : (
          <ProblemNotice error={hindrance} />
        )}
        <LocksMove sentence={outlook.locks_move} />
        {(!hindrance || blocked) && (
          <EnterForm onSubmit={submit} error={error}>
            <Stack gap={6}>
              <Body
                secretId={outlook.secret.metadata.id}
                draft={draft.input}
                onChange={(input) => change({ input })}
                error={error}
              />
              <DifferenceSection type={type} outlook={outlook} input={draft.input} />
              <MetadataSection
                draft={draft}
                outlook={outlook}
                onChange={change}
                metadata={metadata}
                versionMetadata={versionMetadata}
                error={rotate.error}
              />
            </Stack>
          </EnterForm>
        )}
        {conflict ? (
          <ProblemNotice error={rotate.error} action={{ label: 'Reload and review', run: () => void review.run() }} />
        ) : (
          <ProblemNotice error={unplaced(stopped ?? rotate.error, placed)} />
        )}
        <ProblemNotice error={review.error ?? look.error} />
        <UnsavedNotice leaving={leaving} onDrop={onClose} />
      </Stack>
    </TaskDialog>
  );
}
