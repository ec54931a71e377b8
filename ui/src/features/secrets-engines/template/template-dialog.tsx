import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { refreshConfigurations } from '../../../ipc/configurations';
import { isConflict, unplaced } from '../../../ipc/problem';
import { isComplete, templateFields, type TemplateDraft } from './template-draft';
import { TemplateFields } from './template-fields';

type TemplateDialogProps = {
  heading: string;
  label: string;
  progress: string;
  start: TemplateDraft;
  /** Whether it has its name already. */
  named: boolean;
  /** Rejects with what the fields are to say. */
  save: (draft: TemplateDraft) => Promise<unknown>;
  onClose: () => void;
  onSaved: (name: string) => void;
};

/** The rules of a template, new or not. */
export function TemplateDialog({ heading, label, progress, named, save, onClose, onSaved, ...begin }: TemplateDialogProps) {
  const client = useQueryClient();
  const [start] = useState(begin.start);
  const [draft, setDraft] = useState(start);
  const ready = isComplete(draft) && draft !== start;
  const saving = useAction(async () => {
    await save(draft);
    await refreshConfigurations(client);
    onSaved(draft.name);
  });
  const submit = () => ready && void saving.run();
  const { leaving, close } = useLeaveGuard(draft, () => draft !== start, onClose);

  function change(part: Partial<TemplateDraft>): void {
    saving.clear();
    setDraft((before) => ({ ...before, ...part }));
  }
  async function reload(): Promise<void> {
    await refreshConfigurations(client);
    saving.clear();
  }

  return (
    <TaskDialog
      heading={heading}
      size="md"
      task={{ label, run: submit, disabled: !ready, slow: saving.slow, progress }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={saving.error}>
        <TemplateFields named={named} draft={draft} onChange={change} error={saving.error} />
      </EnterForm>
      <ProblemNotice
        error={unplaced(saving.error, templateFields)}
        {...(isConflict(saving.error) ? { action: { label: 'Reload and review', run: () => void reload() } } : {})}
      />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
