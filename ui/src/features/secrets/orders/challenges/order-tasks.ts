import type { OrderView, SecretView } from '../../../../ipc/bindings';
import type { Action } from '../../../../components/use-action';
import { isManual } from '../issuance';
import type { OrderCheck } from './use-order-check';

type Tasks = {
  secret: SecretView;
  order: OrderView;
  check: OrderCheck;
  validate: Action<[], void>;
  newOrder: Action<[], void> & { hindrance: string | null };
  onAskValidate: () => void;
  onDownload: () => void;
};

type Button = { label: string; run: () => void };
type Main = Button & { slow?: boolean; progress?: string; disabled?: boolean };

/** The one accent action of each stage, and the one beside it. */
export function orderTasks(tasks: Tasks): { task: Main; back?: Button } {
  const { secret, order, check, validate, newOrder, onAskValidate, onDownload } = tasks;
  const send = { label: 'Validate', run: () => void validate.run(), slow: validate.slow, progress: 'Validating…' };
  const look = { label: 'Check DNS', run: check.start };
  switch (order.stage) {
    case 'awaiting_records':
      if (check.ready || validate.busy) return { task: send, back: look };
      return { task: look, back: { label: 'Validate', run: onAskValidate } };
    case 'issued':
      if (!isManual(secret.metadata) || check.total === 0) return { task: { label: 'Download', run: onDownload } };
      return { task: { label: 'Check again', run: check.start } };
    case 'failed':
      return {
        task: {
          label: 'Start a new order',
          run: () => void newOrder.run(),
          slow: newOrder.slow,
          progress: 'Ordering…',
          disabled: newOrder.hindrance !== null,
        },
      };
    default:
      return { task: { ...send, disabled: true } };
  }
}
