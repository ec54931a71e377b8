import { Stack, TextArea } from '@carbon/react';
import { useState } from 'react';
import { fieldError, unplaced } from '../ipc/problem';
import { EnterForm } from './enter-form';
import { UnsavedNotice, useLeaveGuard } from './leave-guard';
import { ProblemNotice } from './problem-notice';
import { TaskDialog } from './task-dialog';
import { textFault } from './text-fault';
import { useAction } from './use-action';
import { TextField } from './text-field';

export type GroupDraft = { name: string; description: string };

type GroupFormProps = {
  heading: string;
  /** The button, and what it says while it takes long. */
  label: string;
  progress: string;
  start: GroupDraft;
  /** Rejects with what the fields are to say. */
  save: (draft: GroupDraft) => Promise<void>;
  onClose: () => void;
};

const fields = ['name', 'description'];

/** Name and description of a secret group, new or not. Rust has the rules, so it is the one to ask. */
export function GroupForm({ heading, label, progress, start, save, onClose }: GroupFormProps) {
  const [draft, setDraft] = useState(start);
  const changed = draft.name !== start.name || draft.description !== start.description;
  const ready = changed && draft.name.trim() !== '';
  const saving = useAction(async () => {
    const fault = textFault('name', draft.name) ?? textFault('description', draft.description);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
    if (fault) throw fault;
    await save(draft);
  });
  const { leaving, close } = useLeaveGuard(draft, () => changed, onClose);
  const submit = () => ready && void saving.run();
  const faults = { name: fieldError(saving.error, 'name'), description: fieldError(saving.error, 'description') };

  function change(part: Partial<GroupDraft>): void {
    saving.clear();
    setDraft((before) => ({ ...before, ...part }));
  }

  return (
    <TaskDialog
      heading={heading}
      task={{ label, run: submit, disabled: !ready, slow: saving.slow, progress }}
      onClose={close}
    >
      <EnterForm onSubmit={submit} error={saving.error}>
        <Stack gap={6}>
          <TextField
            id="kt-group-name"
            labelText="Name"
            helperText="Letters, digits, dashes, dots and underscores. Unique among the groups."
            autoComplete="off"
            spellCheck={false}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
            invalid={faults.name !== undefined}
            invalidText={faults.name ?? ''}
            // Carbon names its message in a way that is not read out
            data-modal-primary-focus
          />
          <TextArea
            id="kt-group-description"
            labelText="Description (optional)"
            rows={3}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
            invalid={faults.description !== undefined}
            invalidText={faults.description ?? ''}
          />
          <ProblemNotice error={unplaced(saving.error, fields)} />
          <UnsavedNotice leaving={leaving} onDrop={onClose} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
