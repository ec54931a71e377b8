import { InlineLoading } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../../../components/problem-notice';
import { TaskDialog } from '../../../../components/task-dialog';
import { useSlow } from '../../../../components/use-slow';
import type { SecretRef } from '../../facts';
import { orderQuery, secretQuery } from '../../queries';
import { useLookedAt } from '../looked-at';
import { OrderTask } from './order-task';

type ChallengesDialogProps = { secret: SecretRef; onClose: () => void };

/** **Challenges**: the order of a public certificate, its TXT records, and what is to be done about them. */
export function ChallengesDialog({ secret, onClose }: ChallengesDialogProps) {
  const current = useQuery(secretQuery(secret.id));
  const order = useQuery(orderQuery(secret.id));
  const slow = useSlow(current.isPending || order.isPending);
  useLookedAt(secret.id);
  const error = current.error ?? order.error;
  function retry(): void {
    void current.refetch();
    void order.refetch();
  }
  if (current.data && order.data) {
    return <OrderTask secret={current.data} order={order.data} stale={{ error, retry }} onClose={onClose} />;
  }
  return (
    <TaskDialog heading={`Challenges of ${secret.name}`} onClose={onClose} size="lg" className="kt-dialog">
      {slow && <InlineLoading description="Reading the order" />}
      <ProblemNotice error={error} action={{ label: 'Try again', run: retry }} />
      {order.data === null && <p>There is no order yet. Rotate the certificate to begin one.</p>}
    </TaskDialog>
  );
}
