import { InlineNotification, Stack } from '@carbon/react';
import { useMemo } from 'react';
import type { RotationOutlook, VersionView } from '../../../ipc/bindings';
import { unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { useLocksPanel } from '../locks/use-locks-panel';
import { isManual, isOrdering } from '../orders/issuance';
import { useChallenges } from '../orders/use-challenges';
import type { RotatedTypeModule } from '../types/secret-type';
import { BlockingLocks } from './blocking-locks';
import { DifferenceSection } from './difference-section';
import { LocksMove } from './locks-move';
import { MetadataSection } from './metadata-section';
import { NamingFields } from './naming-fields';
import { OutlookHead } from './outlook-head';
import { useNaming } from './use-naming';
import { useRotation } from './use-rotation';

type RotationTaskProps = {
  type: RotatedTypeModule;
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
  const { metadata: about } = outlook.secret;
  const naming = useNaming(outlook.secret, reload);
  const entered = useMemo(() => ({ draft, names: naming.changes }), [draft, naming.changes]);
  const { leaving, close } = useLeaveGuard(entered, () => isFilled() || naming.changed, onClose);
  const { Body, fields } = type.rotation;
  // a second order is not begun; the first one is gone on with
  const ordering = isOrdering(about);
  const manual = isManual(about);
  const hindrance = outlook.hindrance ?? null;
  // these can be removed right here, so that what is entered stays in sight
  const blocked = hindrance?.code === 'locked' && outlook.blocking_total > 0;
  const look = useAction(reload);
  const locks = useLocksPanel(about, () => void look.run());
  const challenges = useChallenges(about, () => void look.run());
  const toChallenges = { label: 'Challenges', run: challenges.show };
  // there are none before the order, so they begin it; an order that has ended is not shown for it
  const begins = manual && !ordering && !hindrance;
  const placed = [...fields, 'custom_metadata', 'version_custom_metadata'];

  function submit(): void {
    if (!hindrance && !ordering && !naming.refuseUnsaved()) void rotate.run();
  }

  if (locks.panel) return locks.panel;
  return (
    <>
      <TaskDialog
        heading={`Rotate ${about.name}`}
        task={
          ordering
            ? toChallenges
            : { label: 'Rotate', run: submit, slow: rotate.slow, progress: 'Rotating…', disabled: hindrance !== null }
        }
        {...(begins && { back: { label: 'Challenges', run: submit } })}
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
          {ordering && <OrderUnderWay manual={manual} />}
          {manual && <NamingFields naming={naming} />}
          {begins && (
            <p>
              <strong>Rotate</strong> or <strong>Challenges</strong> begins the order, and goes on to the TXT records that it
              needs.
            </p>
          )}
          {ordering ? null : blocked ? (
            <BlockingLocks outlook={outlook} hindrance={hindrance} reload={reload} onShowLocks={locks.show} />
          ) : (
            <ProblemNotice error={hindrance} />
          )}
          <LocksMove sentence={outlook.locks_move} />
          {!ordering && (!hindrance || blocked) && (
            <EnterForm onSubmit={submit} error={error}>
              <Stack gap={6}>
                <Body
                  secretId={about.id}
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
      {challenges.dialog}
    </>
  );
}

function OrderUnderWay({ manual }: { manual: boolean }) {
  return (
    <InlineNotification
      kind="info"
      lowContrast
      hideCloseButton
      className="kt-problem"
      title="An order is under way already."
      subtitle={
        manual
          ? 'Go on with it in Challenges: set its TXT records and validate, or cancel it there.'
          : 'Challenges shows how far it is; it can be cancelled there.'
      }
    />
  );
}
