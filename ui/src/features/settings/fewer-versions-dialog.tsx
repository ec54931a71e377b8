import { TaskDialog } from '../../components/task-dialog';

type FewerVersionsDialogProps = { kept: number; onConfirm: () => void; onClose: () => void };

/** Asks before values are given up. */
export function FewerVersionsDialog({ kept, onConfirm, onClose }: FewerVersionsDialogProps) {
  return (
    <TaskDialog
      heading={`Keep only ${kept} versions?`}
      size="xs"
      danger
      task={{ label: 'Keep fewer', run: onConfirm }}
      onClose={onClose}
    >
      <p>
        The values of older versions are removed for good, of each secret at its next rotation. Their metadata stays.
      </p>
    </TaskDialog>
  );
}
