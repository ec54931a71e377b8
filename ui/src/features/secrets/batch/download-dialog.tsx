import { useState } from 'react';
import { commands, type ArchiveReceipt, type SecretView } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { NameList, namesOf } from './name-list';
import { problemText, secretCount } from './wording';

type DownloadDialogProps = { secrets: readonly SecretView[]; onClose: () => void };

/** **Download** of several secrets: says what leaves the vault, before the native dialog asks where to. */
export function DownloadDialog({ secrets, onClose }: DownloadDialogProps) {
  const showToast = useToasts();
  const [receipt, setReceipt] = useState<ArchiveReceipt | null>(null);
  const readable = secrets.filter(({ availability }) => !availability.view);
  const hindered = secrets.filter(({ availability }) => availability.view);

  const save = useAction(async () => {
    const saved = await commands.saveSecrets(readable.map(({ metadata }) => metadata.id));
    if (!saved) return;
    showToast(told(saved, readable.length));
    if (saved.left_out.length === 0) onClose();
    else setReceipt(saved);
  });

  return (
    <TaskDialog
      heading={`Download ${secretCount(secrets.length)}`}
      task={{
        label: 'Download',
        run: () => void save.run(),
        slow: save.slow,
        progress: 'Saving…',
        disabled: readable.length === 0,
      }}
      closeLabel={receipt ? 'Close' : 'Cancel'}
      onClose={onClose}
      className="kt-dialog"
    >
      <div className="kt-batch-dialog" {...(readable.length === 0 && focused)}>
        <p className="kt-dialog__lead">{effect(secrets.length, readable.length)}</p>
        {hindered.length > 0 && (
          <>
            <p>{hindered.length === 1 ? '1 secret cannot be read' : `${secretCount(hindered.length)} cannot be read`}:</p>
            <NameList label="Cannot be read" names={namesOf(hindered, ({ availability }) => availability.view)} />
          </>
        )}
        {receipt && <LeftOut receipt={receipt} asked={readable.length} />}
        <ProblemNotice error={save.error} />
      </div>
    </TaskDialog>
  );
}

/** Takes the focus where the button, which has it otherwise, is out of order. */
const focused = { tabIndex: -1, 'data-modal-primary-focus': '' };

function LeftOut({ receipt, asked }: { receipt: ArchiveReceipt; asked: number }) {
  const names = receipt.left_out.map(({ name, problem }, index) => ({
    key: String(index),
    name,
    reason: problemText(problem),
  }));
  return (
    <>
      <p role="alert">
        {receipt.name} holds {count(receipt.saved)} of {count(asked)} values. Not in it:
      </p>
      <NameList label="Not in the file" names={names} />
    </>
  );
}

function effect(selected: number, readable: number): string {
  if (selected === 0) return 'The selected secrets are not there any more.';
  if (readable === 0) return 'None of the selected secrets can be read.';
  const what = readable === 1 ? 'The current value of 1 secret is' : `The current values of ${secretCount(readable)} are`;
  return `${what} written, unencrypted, into one ZIP file that only you can read. Each reading is recorded.`;
}

function told({ name, saved }: ArchiveReceipt, asked: number) {
  if (saved === 0) return { title: `${name} is empty`, subtitle: 'No value was saved.', kind: 'warning' } as const;
  if (saved < asked) {
    const subtitle = `${count(saved)} of ${count(asked)} values are in it.`;
    return { title: `Saved ${name}`, subtitle, kind: 'warning' } as const;
  }
  return { title: `Saved ${name}`, subtitle: saved === 1 ? '1 value' : `${count(saved)} values` };
}
