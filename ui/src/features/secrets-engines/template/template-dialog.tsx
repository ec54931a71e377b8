import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { refreshConfigurations } from '../../../ipc/configurations';
import { isConflict, unplaced } from '../../../ipc/problem';
import { ChangedMeanwhile } from '../form/changed-meanwhile';
import { changedRules, changesTo, laidOver, noChanges } from './template-changes';
import { isComplete, templateFields, type TemplateDraft } from './template-draft';
import { TemplateFields } from './template-fields';

type TemplateDialogProps = {
  heading: string;
  label: string;
  progress: string;
  /** The rules as they were read last; what the person leaves alone follows them. */
  start: TemplateDraft;
  /** Whether it has its name already. */
  named: boolean;
  /** Rejects with what the fields are to say. */
  save: (draft: TemplateDraft) => Promise<unknown>;
  onClose: () => void;
  onSaved: (name: string) => void;
};

/** The rules of a template, new or not. */
export function TemplateDialog(props: TemplateDialogProps) {
  const { heading, label, progress, named, start, save, onClose, onSaved } = props;
  const client = useQueryClient();
  const [opened] = useState(start);
  const [changes, setChanges] = useState(noChanges);
  const draft = laidOver(start, changes);
  const own = changedRules(changesTo(start, draft));
  const changed = own.length > 0;
  const ready = isComplete(draft) && changed;
  const saving = useAction(async () => {
    await save(draft);
    await refreshConfigurations(client);
    onSaved(draft.name);
  });
  const submit = () => ready && void saving.run();
  const { leaving, close } = useLeaveGuard(changes, () => changed, onClose);

  function change(part: Partial<TemplateDraft>): void {
    saving.clear();
    setChanges((before) => changesTo(start, { ...laidOver(start, before), ...part }));
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
      {/* what is read again after a save is the person's own */}
      {!saving.busy && <ChangedMeanwhile theirs={changedRules(changesTo(opened, start))} own={own} />}
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
