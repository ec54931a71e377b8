import { useState } from 'react';
import { commands, type DeletionReceipt, type SecretView } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { NameList, namesOf } from './name-list';
import { secretCount } from './wording';
import { ConfirmationField } from '../../../components/confirmation-field';

type ConfirmDeletionProps = {
  secrets: readonly SecretView[];
  onDeleted: (receipt: DeletionReceipt) => void;
  onClose: () => void;
};

const word = 'delete';

/** **Delete** of several secrets: names them, says what is lost, and asks for a word. */
export function ConfirmDeletion({ secrets, onDeleted, onClose }: ConfirmDeletionProps) {
  const [typed, setTyped] = useState('');
  const free = secrets.filter(({ availability }) => !availability.delete);
  const hindered = secrets.filter(({ availability }) => availability.delete);
  const ready = free.length > 0 && typed === word;

  const remove = useAction(async () => {
    if (!ready) return;
    const chosen = free.map(({ metadata, revision }) => ({ id: metadata.id, revision }));
    onDeleted(await commands.deleteSecrets(chosen, typed));
  });

  return (
    <TaskDialog
      heading={`Delete ${secretCount(secrets.length)}`}
      danger
      task={{
        label: 'Delete',
        run: () => void remove.run(),
        slow: remove.slow,
        progress: 'Deleting…',
        disabled: !ready,
      }}
      onClose={onClose}
      className="kt-dialog"
    >
      <div className="kt-batch-dialog">
        <p className="kt-dialog__lead">{loss(secrets.length, free.length)}</p>
        {free.length > 0 && <NameList label="To be deleted" names={namesOf(free)} />}
        {hindered.length > 0 && (
          <>
            <p>{hindered.length === 1 ? '1 secret cannot be deleted' : `${secretCount(hindered.length)} cannot be deleted`}:</p>
            <NameList label="Cannot be deleted" names={namesOf(hindered, ({ availability }) => availability.delete)} />
          </>
        )}
        {free.length > 0 && (
          <EnterForm onSubmit={() => void remove.run()} error={remove.error}>
            <ConfirmationField
              id="kt-delete-word"
              label="Confirmation"
              helperText={`Type ${word} to enable Delete.`}
              typed={typed}
              onType={(text) => {
                setTyped(text);
                remove.clear();
              }}
              error={fieldError(remove.error, 'typed')}
            />
          </EnterForm>
        )}
        <ProblemNotice error={unplaced(remove.error, ['typed'])} />
      </div>
    </TaskDialog>
  );
}

function loss(selected: number, free: number): string {
  if (selected === 0) return 'The selected secrets are not there any more.';
  if (free === 0) return 'None of the selected secrets can be deleted.';
  const what = free === 1 ? '1 secret goes with all its versions' : `${secretCount(free)} go with all their versions`;
  return `${what} and the metadata of each. This cannot be undone.`;
}
