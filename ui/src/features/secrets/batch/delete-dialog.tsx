import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeletionReceipt, SecretView } from '../../../ipc/bindings';
import { TaskDialog } from '../../../components/task-dialog';
import { useToasts } from '../../../components/toasts';
import { refreshSecrets } from '../queries';
import { ConfirmDeletion } from './confirm-deletion';
import { NameList, type Named } from './name-list';
import { SelectedSecrets } from './selected-secrets';
import { problemText, secretCount } from './wording';

type DeleteDialogProps = {
  ids: readonly string[];
  onDeleted: (ids: readonly string[]) => void;
  onClose: () => void;
};

/** **Delete** of several secrets, and what became of those that were not deleted. */
export function DeleteDialog({ ids: selected, onDeleted, onClose }: DeleteDialogProps) {
  const client = useQueryClient();
  const showToast = useToasts();
  const [ids, setIds] = useState(selected);
  const [left, setLeft] = useState<readonly Named[]>([]);

  function done(secrets: readonly SecretView[], receipt: DeletionReceipt): void {
    if (receipt.deleted > 0) showToast(told(receipt));
    const kept = new Set(receipt.kept.map(({ id }) => id));
    const gone = secrets.filter(({ metadata, availability }) => !availability.delete && !kept.has(metadata.id));
    onDeleted(gone.map(({ metadata }) => metadata.id));
    void refreshSecrets(client);
    if (receipt.kept.length === 0) onClose();
    setLeft(
      receipt.kept.map(({ id, problem }) => ({
        key: id,
        name: secrets.find(({ metadata }) => metadata.id === id)?.metadata.name ?? id,
        reason: problemText(problem),
      })),
    );
  }

  if (left.length > 0) {
    return (
      <TaskDialog
        heading={left.length === 1 ? '1 secret was not deleted' : `${secretCount(left.length)} were not deleted`}
        task={{
          label: 'Try again',
          run: () => {
            setIds(left.map(({ key }) => key));
            setLeft([]);
          },
        }}
        closeLabel="Close"
        onClose={onClose}
        className="kt-dialog"
      >
        <div className="kt-batch-dialog">
          <NameList label="Not deleted" names={left} />
        </div>
      </TaskDialog>
    );
  }
  return (
    <SelectedSecrets ids={ids} onClose={onClose}>
      {(secrets) => (
        <ConfirmDeletion secrets={secrets} onDeleted={(receipt) => done(secrets, receipt)} onClose={onClose} />
      )}
    </SelectedSecrets>
  );
}

function told({ deleted, kept }: DeletionReceipt) {
  const title = `${secretCount(deleted)} deleted`;
  if (kept.length === 0) return { title };
  const rest = kept.length === 1 ? '1 was not deleted.' : `${kept.length} were not deleted.`;
  return { title, subtitle: rest, kind: 'warning' } as const;
}
