import { InlineLoading } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { SecretView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { SidePanel } from '../../../components/side-panel';
import type { SecretRef } from '../facts';
import { secretQuery } from '../queries';
import { DetailsForm } from './details-form';

type DetailsPanelProps = { secret: SecretRef; onClose: () => void; onSaved: (secret: SecretView) => void };

/** **Details**: read anew when it is opened, as an edit expects what it shows. */
export function DetailsPanel({ secret, onClose, onSaved }: DetailsPanelProps) {
  const current = useQuery(secretQuery(secret.id));
  if (current.data) {
    return (
      <DetailsForm
        secret={current.data}
        reload={() => current.refetch({ throwOnError: true })}
        onClose={onClose}
        onSaved={onSaved}
      />
    );
  }
  return (
    <SidePanel title="Details" subtitle={secret.name} onClose={onClose}>
      {current.isPending && <InlineLoading description="Reading the secret" />}
      <ProblemNotice error={current.error} action={{ label: 'Try again', run: () => void current.refetch() }} />
    </SidePanel>
  );
}
