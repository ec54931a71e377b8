import { Button } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type OrderView, type SecretView } from '../../../../ipc/bindings';
import { ProblemNotice } from '../../../../components/problem-notice';
import { TaskDialog } from '../../../../components/task-dialog';
import { useAction } from '../../../../components/use-action';
import { useOpener } from '../../../../components/use-opener';
import { DeploymentDialog } from '../../deployment/deployment-dialog';
import { DownloadDialog } from '../../download/download-dialog';
import { refreshSecrets } from '../../queries';
import { isManual } from '../issuance';
import { isOver } from '../stage-words';
import { useNewOrder } from '../use-new-order';
import { CancelOrder, ValidateAnyway } from './confirm-dialogs';
import { OrderBanner } from './order-banner';
import { OrderRecords } from './order-records';
import { orderTasks } from './order-tasks';
import { useOrderCheck } from './use-order-check';

type OrderTaskProps = { secret: SecretView; order: OrderView; onClose: () => void };

/** The dialog once the order is known. What is found in the DNS stays while another dialog stands in its place. */
export function OrderTask({ secret, order, onClose }: OrderTaskProps) {
  const client = useQueryClient();
  const opener = useOpener();
  const [instead, setInstead] = useState<'download' | 'deployment' | null>(null);
  const [asks, setAsks] = useState<'validate' | 'cancel' | null>(null);
  const { id, name } = secret.metadata;
  const { stage } = order;
  const check = useOrderCheck(id, order);
  const refresh = () => refreshSecrets(client);
  const validate = useAction(async () => {
    await commands.validateChallenges(id);
    check.stop();
    await refresh();
  });
  const cancel = useAction(async () => {
    await commands.cancelOrder(id);
    check.stop();
    await refresh();
  });
  const newOrder = useNewOrder(secret);

  function ask(what: 'validate' | 'cancel'): void {
    opener.remember();
    setAsks(what);
  }
  function answered(): void {
    setAsks(null);
    opener.giveBack();
  }

  if (instead === 'deployment') return <DeploymentDialog secret={{ id, name }} onClose={() => setInstead(null)} />;
  if (instead === 'download') {
    const of = { secretId: id, version: 'current', keyHindrance: null };
    return <DownloadDialog name={name} of={of} onClose={() => setInstead(null)} />;
  }

  const tasks = orderTasks({
    secret,
    order,
    check,
    validate,
    newOrder,
    onAskValidate: () => ask('validate'),
    onDownload: () => setInstead('download'),
  });
  const failure = validate.error ?? cancel.error ?? newOrder.error;
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
        <OrderBanner secret={secret} order={order} />
        {!isOver(stage) && (
          <div>
            <Button kind="danger--ghost" size="sm" onClick={() => ask('cancel')}>
              {cancel.slow ? 'Cancelling…' : 'Cancel order'}
            </Button>
          </div>
        )}
        {stage === 'issued' && (
          <div className="kt-challenges__tools">
            {tasks.task.label !== 'Download' && (
              <Button kind="tertiary" size="sm" onClick={() => setInstead('download')}>
                Download
              </Button>
            )}
            <Button kind="tertiary" size="sm" onClick={() => setInstead('deployment')}>
              Check deployment
            </Button>
            <Button
              kind="ghost"
              size="sm"
              disabled={newOrder.hindrance !== null}
              onClick={() => void newOrder.run()}
            >
              {newOrder.slow ? 'Ordering…' : 'Start a new order'}
            </Button>
          </div>
        )}
        {isOver(stage) && newOrder.hindrance !== null && <p>No new order can be started: {newOrder.hindrance}</p>}
        <ProblemNotice error={failure} />
        <OrderRecords secretId={id} order={order} manual={isManual(secret.metadata)} check={check} />
        <ProblemNotice error={check.error} action={{ label: 'Try again', run: check.start }} />
      </TaskDialog>
      {asks === 'validate' && (
        <ValidateAnyway
          unseen={check.unseen}
          onClose={answered}
          onValidate={() => {
            answered();
            void validate.run();
          }}
        />
      )}
      {asks === 'cancel' && (
        <CancelOrder
          name={name}
          onClose={answered}
          onCancel={() => {
            answered();
            void cancel.run();
          }}
        />
      )}
    </>
  );
}
