import { InlineNotification, Stack } from '@carbon/react';
import type { RotationOutlook, VersionView } from '../../../ipc/bindings';
import { unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import type { SecretTypeModule } from '../types/secret-type';
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
  const { type, outlook, onClose } = props;
  const { draft, change, missing, metadata, versionMetadata, rotate, review, isFilled, conflict, reviewing } =
    useRotation(props);
  const { leaving, close } = useLeaveGuard(draft, isFilled, onClose);
  const { Body, fields } = type.rotation;
  const hindrance = outlook.hindrance ?? null;
  const placed = [...fields, 'custom_metadata', 'version_custom_metadata'];

  return (
    <TaskDialog
      heading={`Rotate ${outlook.secret.metadata.name}`}
      task={{
        label: 'Rotate',
        run: () => void rotate.run(),
        slow: rotate.slow,
        progress: 'Rotating…',
        disabled: hindrance !== null,
      }}
      onClose={close}
      size="md"
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
        <ProblemNotice error={hindrance} />
        {!hindrance && (
          <EnterForm onSubmit={() => void rotate.run()} error={missing ?? rotate.error}>
            <Stack gap={6}>
              <Body draft={draft.input} onChange={(input) => change({ input })} error={missing ?? rotate.error} />
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
          <ProblemNotice error={unplaced(rotate.error, placed)} />
        )}
        <ProblemNotice error={review.error} />
        <UnsavedNotice leaving={leaving} onDrop={onClose} />
      </Stack>
    </TaskDialog>
  );
}
