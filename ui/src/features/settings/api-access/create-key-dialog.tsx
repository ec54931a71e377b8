import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { textFault } from '../../../components/text-fault';
import { TextField } from '../../../components/text-field';
import { useAction } from '../../../components/use-action';
import { refreshApiKeys } from '../../../ipc/api-access';
import { commands, type CreatedApiKey } from '../../../ipc/bindings';
import { fieldError, unplaced } from '../../../ipc/problem';
import { blankKey, keyFault, newKey, type KeyDraft } from './key-draft';
import { CreatedKeyDialog } from './created-key-dialog';
import { LifeField } from './life-field';
import { RoleField } from './role-field';
import { WhereField } from './where-field';

const fields = ['name', 'groups', 'expires_at'];

/** **Create API key**: what it may do where and how long; then the key, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(blankKey);
  const left = useRef(false);
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const create = useAction(async () => {
    const fault = textFault('name', draft.name) ?? keyFault(draft);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a refusal as the bridge makes it
    if (fault) throw fault;
    const created = await commands.createApiKey(newKey(draft));
    if (left.current) await commands.forgetApiKey();
    else setMade(created);
    await refreshApiKeys(client);
  });
  const { leaving, close } = useLeaveGuard(draft, () => draft !== blankKey, onClose);
  // the text of the key is nowhere once the dialog is closed, however that came about
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
      commands.forgetApiKey().catch(() => undefined);
    };
  }, []);
  const ready = draft.name.trim() !== '';
  const submit = () => ready && void create.run();
  const nameFault = fieldError(create.error, 'name');

  function change(part: Partial<KeyDraft>): void {
    create.clear();
    setDraft((before) => ({ ...before, ...part }));
  }

  if (made) return <CreatedKeyDialog created={made} onClose={onClose} />;
  return (
    <TaskDialog
      heading="Create API key"
      size="md"
      task={{ label: 'Create', run: submit, disabled: !ready, slow: create.slow, progress: 'Creating…' }}
      onClose={close}
    >
      <EnterForm onSubmit={submit} error={create.error}>
        <Stack gap={6}>
          <TextField
            id="kt-key-name"
            labelText="Name"
            helperText="Of the program that gets it, such as ci-deploy. What it makes is created by apikey:name."
            autoComplete="off"
            spellCheck={false}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
            invalid={nameFault !== undefined}
            invalidText={nameFault ?? ''}
            data-modal-primary-focus
          />
          <RoleField role={draft.role} onChange={(role) => change({ role })} />
          <WhereField
            where={draft.where}
            groups={draft.groups}
            onChange={change}
            error={fieldError(create.error, 'groups')}
          />
          <LifeField
            life={draft.life}
            day={draft.day}
            onChange={change}
            error={fieldError(create.error, 'expires_at')}
          />
          <ProblemNotice error={unplaced(create.error, fields)} />
          <UnsavedNotice leaving={leaving} onDrop={onClose} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
