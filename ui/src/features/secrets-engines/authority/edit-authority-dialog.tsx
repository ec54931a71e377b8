import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EnterForm } from '../../../components/enter-form';
import { UnsavedNotice, useLeaveGuard } from '../../../components/leave-guard';
import { LifetimeField } from '../../../components/lifetime-field';
import { lifetimeFault, lifetimeOf, type Lifetime } from '../../../components/lifetime';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type Revision } from '../../../ipc/bindings';
import { refreshConfigurations, type AuthorityConfiguration } from '../../../ipc/configurations';
import { fieldError, isConflict, unplaced } from '../../../ipc/problem';
import { ListFields } from '../form/list-fields';
import { authorityPatch, type AuthorityEdit } from './authority-patch';

type EditAuthorityDialogProps = {
  authority: AuthorityConfiguration;
  revision: Revision;
  onClose: () => void;
  onSaved: () => void;
};

const units = ['hour', 'day'] as const;

/** **Edit** of an authority: what it signs from now on, and its revocation list. Only what changed is sent. */
export function EditAuthorityDialog({ authority, revision, onClose, onSaved }: EditAuthorityDialogProps) {
  const client = useQueryClient();
  const [start] = useState<AuthorityEdit>(() => ({
    maxTtl: shown(authority.max_ttl_seconds),
    list: { on: !authority.crl_disable, expiry: shown(authority.crl_expiry_seconds) },
  }));
  const [edit, setEdit] = useState(start);
  const patch = authorityPatch(start, edit);
  const lengths = [edit.maxTtl, edit.list.expiry];
  const complete = lengths.every((length) => length.text.trim() !== '' && lifetimeFault(length) === null);
  const ready = patch !== null && complete;
  const save = useAction(async () => {
    if (!patch) return;
    await commands.editConfiguration(authority.config_type, authority.name, patch, revision);
    await refreshConfigurations(client);
    onSaved();
  });
  const submit = () => ready && void save.run();
  const { leaving, close } = useLeaveGuard(edit, () => patch !== null, onClose);

  function change(part: Partial<AuthorityEdit>): void {
    save.clear();
    setEdit((before) => ({ ...before, ...part }));
  }
  async function reload(): Promise<void> {
    await refreshConfigurations(client);
    save.clear();
  }

  return (
    <TaskDialog
      heading={`Edit ${authority.name}`}
      task={{ label: 'Save', run: submit, disabled: !ready, slow: save.slow, progress: 'Saving…' }}
      onClose={close}
      className="kt-engine-dialog"
    >
      <EnterForm onSubmit={submit} error={save.error}>
        <Stack gap={6}>
          <LifetimeField
            id="kt-engine-max-ttl"
            label="Maximum TTL"
            helperText="The longest life of a certificate that this authority signs from now on."
            lifetime={edit.maxTtl}
            onChange={(maxTtl) => change({ maxTtl })}
            error={fieldError(save.error, 'max_ttl')}
          />
          <ListFields {...edit.list} onChange={(list) => change({ list })} error={save.error} />
        </Stack>
      </EnterForm>
      <ProblemNotice
        error={unplaced(save.error, ['max_ttl', 'crl_expiry'])}
        {...(isConflict(save.error) ? { action: { label: 'Reload and review', run: () => void reload() } } : {})}
      />
      <UnsavedNotice leaving={leaving} onDrop={onClose} />
    </TaskDialog>
  );
}

function shown(length: number): Lifetime {
  // other lengths come from the API, and are shown to the second
  return length % 3_600 === 0 ? lifetimeOf(length, units) : lifetimeOf(length, ['second']);
}
