import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type ConfigurationView } from '../../../ipc/bindings';
import { configurationsQuery, isAuthority, refreshConfigurations } from '../../../ipc/configurations';
import { unplaced } from '../../../ipc/problem';
import { authorityFields, emptyAuthority, isComplete, newAuthority, type AuthorityDraft } from './authority-draft';
import { AuthorityFields } from './authority-fields';

type CreateAuthorityDialogProps = {
  onClose: () => void;
  /** Also told: what to do next. */
  onCreated: (view: ConfigurationView, next: string) => void;
};

const haveSigned = 'Download its CSR, have it signed, and choose Sign certificate.';
const addTemplate = 'Add a template to it, so that it can issue certificates.';

/** **Create certificate authority**. */
export function CreateAuthorityDialog({ onClose, onCreated }: CreateAuthorityDialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(emptyAuthority);
  const { data: views = [] } = useQuery(configurationsQuery);
  const authorities = views.map(({ configuration }) => configuration).filter(isAuthority);
  const ready = isComplete(draft);
  const create = useAction(async () => {
    const made = await commands.createConfiguration(newAuthority(draft));
    await refreshConfigurations(client);
    onCreated(made, draft.kind === 'external' ? haveSigned : addTemplate);
  });
  const submit = () => ready && void create.run();
  const { leaving, close } = useLeaveGuard(draft, () => draft.name !== '' || draft.commonName !== '', onClose);

  function change(part: Partial<AuthorityDraft>): void {
    create.clear();
    setDraft((before) => ({ ...before, ...part }));
  }

  return (
    <TaskDialog
      heading="Create certificate authority"
      size="md"
      task={{ label: 'Create', run: submit, disabled: !ready, slow: create.slow, progress: 'Creating…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={create.error}>
        <AuthorityFields draft={draft} onChange={change} authorities={authorities} error={create.error} />
      </EnterForm>
      <ProblemNotice error={unplaced(create.error, authorityFields)} />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}
