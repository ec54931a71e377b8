import { InlineLoading } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { VersionView } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import type { SecretRef } from '../facts';
import { outlookQuery } from '../queries';
import { typeModule } from '../types/secret-types';
import { RotationTask } from './rotation-task';

type RotateDialogProps = {
  secret: SecretRef;
  onClose: () => void;
  onRotated: (version: VersionView) => void;
};

/** **Rotate**: first asks what a rotation would do, and says so before anything is entered. */
export function RotateDialog({ secret, onClose, onRotated }: RotateDialogProps) {
  const outlook = useQuery(outlookQuery(secret.id));
  const type = outlook.data && typeModule(outlook.data.secret.metadata.secret_type);
  if (outlook.data && type) {
    return (
      <RotationTask
        type={type}
        outlook={outlook.data}
        reload={() => outlook.refetch({ throwOnError: true })}
        onClose={onClose}
        onRotated={onRotated}
      />
    );
  }
  return (
    <TaskDialog
      heading={`Rotate ${secret.name}`}
      task={{ label: 'Rotate', run: () => undefined, disabled: true }}
      onClose={onClose}
      size="md"
      className="kt-dialog"
    >
      {outlook.isPending && <InlineLoading description="Reading the secret" />}
      <ProblemNotice error={outlook.error} action={{ label: 'Try again', run: () => void outlook.refetch() }} />
      {outlook.data && !type && <p>This version of Keyturn cannot rotate secrets of this type.</p>}
    </TaskDialog>
  );
}
