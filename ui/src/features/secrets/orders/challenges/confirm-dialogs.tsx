import { TaskDialog } from '../../../../components/task-dialog';

type ValidateAnywayProps = {
  /** How many records are not seen by all servers. */
  unseen: number;
  /** All are seen by now, and nothing speaks against it. */
  ready: boolean;
  onClose: () => void;
  onValidate: () => void;
};

/** Asks before **Validate** while the records are not seen everywhere. */
export function ValidateAnyway({ unseen, ready, onClose, onValidate }: ValidateAnywayProps) {
  return (
    <TaskDialog
      heading="Validate now?"
      task={{ label: ready ? 'Validate' : 'Validate anyway', run: onValidate }}
      closeLabel="Back"
      onClose={onClose}
      danger={!ready}
      className="kt-dialog"
    >
      <p className="kt-dialog__lead">
        The certificate authority will look once; a failed order must be started again.{' '}
        {ready ? 'All records are seen now.' : unseenWords(unseen)}
      </p>
    </TaskDialog>
  );
}

function unseenWords(unseen: number): string {
  if (unseen === 0) return 'All records are seen, but something is not in order, as the table says.';
  if (unseen === 1) return 'One record is not seen by all name servers yet.';
  return `${unseen} records are not seen by all name servers yet.`;
}

type CancelOrderProps = { name: string; onClose: () => void; onCancel: () => void };

/** Asks before an order is given up. */
export function CancelOrder({ name, onClose, onCancel }: CancelOrderProps) {
  return (
    <TaskDialog
      heading="Cancel the order?"
      task={{ label: 'Cancel order', run: onCancel }}
      closeLabel="Keep the order"
      onClose={onClose}
      danger
      className="kt-dialog"
    >
      <p className="kt-dialog__lead">
        The order of <strong>{name}</strong> is given up, and cannot be taken up again. A certificate that is in force
        stays; a secret that has none yet is deactivated.
      </p>
    </TaskDialog>
  );
}
