import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import type { Problem } from '../../../ipc/bindings';
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
  /** What is not entered yet, told at its field; `null`: it can be sent, and Rust says what is wrong with it. */
  missing: (draft: Draft) => Problem | null;
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
  const { heading, task, start, labels, missing, fields, save, onClose, onSaved, children } = props;
  const client = useQueryClient();
  const [opened] = useState(start);
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const draft = { ...start, ...changes };
  const own = named(differing(start, draft));
  // what is there already and was not changed needs no saving
  const unchanged = own.length === 0 && missing(start) === null;
  const [lacking, setLacking] = useState<Problem | null>(null);
  const saving = useAction(async () => {
    await save(draft);
    await refreshConfigurations(client);
    onSaved(draft);
  });
  const error = lacking ?? saving.error;
  const { leaving, close } = useLeaveGuard(changes, () => own.length > 0, onClose);

  function named(parts: Partial<Draft>): string[] {
    return Object.keys(parts).map((part) => labels[part as keyof Draft]);
  }
  function submit(): void {
    if (unchanged) return;
    const lacks = missing(draft);
    setLacking(lacks);
    if (!lacks) void saving.run();
  }
  function change(part: Partial<Draft>): void {
    setLacking(null);
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
      task={{ ...task, run: submit, disabled: unchanged, slow: saving.slow }}
      onClose={close}
      className="kt-engine-dialog"
    >
      {/* what is read again after a save is the person's own */}
      {!saving.busy && <ChangedMeanwhile theirs={named(differing(opened, start))} own={own} />}
      <EnterForm onSubmit={submit} error={error}>
        {children({ draft, change, error })}
      </EnterForm>
      <ProblemNotice
        error={unplaced(saving.error, fields(draft))}
        {...(isConflict(saving.error) ? { action: { label: 'Reload and review', run: () => void reload() } } : {})}
      />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
