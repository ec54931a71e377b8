import { TaskDialog } from '../../components/task-dialog';

type SoonerErasedDialogProps = { days: number; onConfirm: () => void; onClose: () => void };

/** Asks before expired values are erased that would still be kept. */
export function SoonerErasedDialog({ days, onConfirm, onClose }: SoonerErasedDialogProps) {
  const time = days === 1 ? '1 day' : `${days} days`;
  return (
    <TaskDialog
      heading={`Erase expired values after ${time}?`}
      size="xs"
      danger
      task={{ label: 'Erase sooner', run: onConfirm }}
      onClose={onClose}
    >
      <p>Values that have been expired for longer than that are erased for good soon after. Their metadata stays.</p>
    </TaskDialog>
  );
}
