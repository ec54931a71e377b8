import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useSlow } from '../../../components/use-slow';
import { selectedQuery } from '../queries';

type SelectedSecretsProps = {
  ids: readonly string[];
  onClose: () => void;
  children: (secrets: readonly SecretView[]) => ReactNode;
};

/** Reads the selected secrets for a dialog about them, which opens when they are here. */
export function SelectedSecrets({ ids, onClose, children }: SelectedSecretsProps) {
  const { data, error, isFetching, refetch } = useQuery(selectedQuery(ids));
  const slow = useSlow(isFetching);
  if (data) return children(data);
  if (!error && !slow) return null;
  return (
    <TaskDialog
      heading="Selected secrets"
      task={{ label: 'Try again', run: () => void refetch(), slow, progress: 'Reading…' }}
      onClose={onClose}
    >
      <ProblemNotice error={error} />
    </TaskDialog>
  );
}
