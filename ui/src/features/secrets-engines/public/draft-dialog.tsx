import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { refreshConfigurations } from '../../../ipc/configurations';
import { isConflict, unplaced } from '../../../ipc/problem';
import { ChangedMeanwhile } from '../form/changed-meanwhile';
import { differing } from '../form/changes';

export type DraftForm<Draft> = { draft: Draft; change: (part: Partial<Draft>) => void; error: unknown };

type DraftDialogProps<Draft extends object> = {
  heading: string;
  task: { label: string; progress: string };
  /** As it was read last; what the person leaves alone follows it. */
  start: Draft;
  /** Names of the parts of the draft. */
  labels: Readonly<Record<keyof Draft, string>>;
  /** Whether it can be sent: Rust says what is wrong with it then. */
  isComplete: (draft: Draft) => boolean;
  /** Names of the fields on the wire that the form shows. */
  fields: (draft: Draft) => readonly string[];
  /** Rejects with what the fields are to say. */
  save: (draft: Draft) => Promise<unknown>;
  onClose: () => void;
  onSaved: (draft: Draft) => void;
  children: (form: DraftForm<Draft>) => ReactNode;
};

/** A configuration while it is entered or changed. What was entered is gone with the dialog. */
export function DraftDialog<Draft extends object>(props: DraftDialogProps<Draft>) {
  const { heading, task, start, labels, isComplete, fields, save, onClose, onSaved, children } = props;
  const client = useQueryClient();
  const [opened] = useState(start);
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const draft = { ...start, ...changes };
  const own = named(differing(start, draft));
  const ready = own.length > 0 && isComplete(draft);
  const saving = useAction(async () => {
    await save(draft);
    await refreshConfigurations(client);
    onSaved(draft);
  });
  const submit = () => ready && void saving.run();
  const { leaving, close } = useLeaveGuard(changes, () => own.length > 0, onClose);

  function named(parts: Partial<Draft>): string[] {
    return Object.keys(parts).map((part) => labels[part as keyof Draft]);
  }
  function change(part: Partial<Draft>): void {
    saving.clear();
    setChanges((before) => differing(start, { ...start, ...before, ...part }));
  }
  async function reload(): Promise<void> {
    await refreshConfigurations(client);
    saving.clear();
  }

  return (
    <TaskDialog
      heading={heading}
      size="md"
      task={{ ...task, run: submit, disabled: !ready, slow: saving.slow }}
      onClose={close}
      className="kt-engine-dialog"
    >
      {/* what is read again after a save is the person's own */}
      {!saving.busy && <ChangedMeanwhile theirs={named(differing(opened, start))} own={own} />}
      <EnterForm onSubmit={submit} error={saving.error}>
        {children({ draft, change, error: saving.error })}
      </EnterForm>
      <ProblemNotice
        error={unplaced(saving.error, fields(draft))}
        {...(isConflict(saving.error) ? { action: { label: 'Reload and review', run: () => void reload() } } : {})}
      />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
