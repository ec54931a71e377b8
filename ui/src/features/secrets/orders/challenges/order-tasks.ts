import type { OrderView, SecretView } from '../../../../ipc/bindings';
import { isManual } from '../issuance';
import { lookLabel } from './checked-words';
import type { OrderActions } from './use-order-actions';
import type { OrderCheck } from './use-order-check';

type Tasks = {
  secret: SecretView;
  order: OrderView;
  check: OrderCheck;
  actions: OrderActions;
  onAskValidate: () => void;
  onDownload: () => void;
};

type Button = { label: string; run: () => void };
type Main = Button & { slow?: boolean; progress?: string; disabled?: boolean };

/** The one accent action of each stage, and the one beside it; none while there is nothing to do. */
export function orderTasks({ secret, order, check, actions, onAskValidate, onDownload }: Tasks): {
  task?: Main;
  back?: Button;
} {
  const { validate, newOrder } = actions;
  const manual = isManual(secret.metadata);
  const look = { label: lookLabel, run: check.start };
  switch (order.stage) {
    case 'awaiting_records':
      if (!check.ready && !validate.busy) return { task: look, back: { label: 'Validate', run: onAskValidate } };
      return {
        task: { label: 'Validate', run: validate.run, slow: validate.slow, progress: 'Validating…' },
        back: look,
      };
    case 'issued': {
      const download = { label: 'Download', run: onDownload };
      if (!manual || check.total === 0) return { task: download };
      return check.done ? { task: download, back: look } : { task: look };
    }
    case 'failed':
      return {
        task: {
          label: 'Start a new order',
          run: newOrder.run,
          slow: newOrder.slow,
          progress: 'Ordering…',
          disabled: newOrder.hindrance !== null,
        },
        ...(check.possible && { back: look }),
      };
    default:
      return {};
  }
}
