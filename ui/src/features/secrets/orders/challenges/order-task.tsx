import { Button } from '@carbon/react';
import { useState } from 'react';
import type { OrderView, SecretView } from '../../../../ipc/bindings';
import { ProblemNotice } from '../../../../components/problem-notice';
import { TaskDialog } from '../../../../components/task-dialog';
import { useOpener } from '../../../../components/use-opener';
import { DeploymentDialog } from '../../deployment/deployment-dialog';
import { DownloadDialog } from '../../download/download-dialog';
import { isManual } from '../issuance';
import { isOver } from '../stage-words';
import { CancelOrder, ValidateAnyway } from './confirm-dialogs';
import { OrderBanner } from './order-banner';
import { OrderRecords } from './order-records';
import { orderTasks } from './order-tasks';
import { useOrderActions } from './use-order-actions';
import { useOrderCheck } from './use-order-check';

type OrderTaskProps = {
  secret: SecretView;
  order: OrderView;
  /** Why it could not be read again, and how to try. */
  stale: { error: unknown; retry: () => void };
  onClose: () => void;
};

type Above = 'download' | 'deployment' | 'validate' | 'cancel';

/** The dialog once the order is known. */
export function OrderTask({ secret, order, stale, onClose }: OrderTaskProps) {
  const opener = useOpener();
  const [above, setAbove] = useState<Above | null>(null);
  const { id, name } = secret.metadata;
  const { stage } = order;
  const manual = isManual(secret.metadata);
  const check = useOrderCheck(id, order, manual);
  const actions = useOrderActions(secret, order, check);
  const { cancel, newOrder, validate } = actions;

  // what was asked is about the stage it was asked in
  const [askedIn, setAskedIn] = useState(stage);
  if (askedIn !== stage) {
    setAskedIn(stage);
    if (above === 'validate' || above === 'cancel') setAbove(null);
  }

  function show(what: Above): void {
    opener.remember();
    setAbove(what);
  }
  function hide(): void {
    setAbove(null);
    opener.giveBack();
  }

  const tasks = orderTasks({
    secret,
    order,
    check,
    actions,
    onAskValidate: () => show('validate'),
    onDownload: () => show('download'),
  });
  return (
    <>
      <TaskDialog
        heading={`Challenges of ${name}`}
        {...tasks}
        closeLabel="Close"
        onClose={onClose}
        size="lg"
        className="kt-dialog kt-challenges"
      >
        <OrderBanner secret={secret} order={order} check={check} />
        {!isOver(stage) && (
          <div>
            <Button kind="danger--ghost" size="sm" onClick={() => show('cancel')}>
              {cancel.slow ? 'Cancelling…' : 'Cancel order'}
            </Button>
          </div>
        )}
        {stage === 'issued' && (
          <div className="kt-challenges__tools">
            {tasks.task?.label !== 'Download' && (
              <Button kind="tertiary" size="sm" onClick={() => show('download')}>
                Download
              </Button>
            )}
            <Button kind="tertiary" size="sm" onClick={() => show('deployment')}>
              Check deployment
            </Button>
            <Button kind="ghost" size="sm" disabled={newOrder.hindrance !== null} onClick={newOrder.run}>
              {newOrder.slow ? 'Ordering…' : 'Start a new order'}
            </Button>
          </div>
        )}
        {isOver(stage) && newOrder.hindrance !== null && <p>No new order can be started: {newOrder.hindrance}</p>}
        <ProblemNotice error={actions.error} />
        <ProblemNotice error={stale.error} action={{ label: 'Try again', run: stale.retry }} />
        <ProblemNotice error={check.error} action={{ label: 'Try again', run: check.start }} />
        <OrderRecords secretId={id} order={order} manual={manual} check={check} />
      </TaskDialog>
      {above === 'deployment' && <DeploymentDialog secret={{ id, name }} onClose={hide} />}
      {above === 'download' && (
        <DownloadDialog
          name={name}
          of={{ secretId: id, version: 'current', keyHindrance: null }}
          onClose={hide}
        />
      )}
      {above === 'validate' && (
        <ValidateAnyway
          unseen={check.unseen}
          ready={check.ready}
          onClose={hide}
          onValidate={() => {
            hide();
            validate.run();
          }}
        />
      )}
      {above === 'cancel' && (
        <CancelOrder
          name={name}
          onClose={hide}
          onCancel={() => {
            hide();
            cancel.run();
          }}
        />
      )}
    </>
  );
}
