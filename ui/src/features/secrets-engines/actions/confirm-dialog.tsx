import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { refreshConfigurations } from '../../../ipc/configurations';

type ConfirmDialogProps = {
  heading: string;
  label: string;
  progress: string;
  run: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
  /** What it means. */
  children: ReactNode;
};

/** Asks before an authority is changed by an action. A refusal is shown here. */
export function ConfirmDialog({ heading, label, progress, run, onClose, onDone, children }: ConfirmDialogProps) {
  const client = useQueryClient();
  const action = useAction(async () => {
    await run();
    await refreshConfigurations(client);
    onDone();
  });
  return (
    <TaskDialog
      heading={heading}
      task={{ label, run: () => void action.run(), slow: action.slow, progress }}
      onClose={onClose}
    >
      <Stack gap={5}>
        <p>{children}</p>
        <ProblemNotice error={action.error} />
      </Stack>
    </TaskDialog>
  );
}
