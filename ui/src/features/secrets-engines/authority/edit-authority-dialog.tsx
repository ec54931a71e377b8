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
import { ChangedMeanwhile } from '../form/changed-meanwhile';
import { differing } from '../form/changes';
import { ListFields } from '../form/list-fields';
import { authorityPatch, editLabels, type AuthorityEdit } from './authority-patch';

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
  const start: AuthorityEdit = {
    maxTtl: shown(authority.max_ttl_seconds),
    listOn: !authority.crl_disable,
    listExpiry: shown(authority.crl_expiry_seconds),
  };
  const [opened] = useState(start);
  // what is not in here follows the authority, also when it is read again
  const [changes, setChanges] = useState<Partial<AuthorityEdit>>({});
  const edit = { ...start, ...changes };
  const patch = authorityPatch(start, edit);
  const lengths = [edit.maxTtl, edit.listExpiry];
  const complete = lengths.every((length) => length.text.trim() !== '' && lifetimeFault(length) === null);
  const ready = patch !== null && complete;
  const save = useAction(async () => {
    if (!patch) return;
    await commands.editConfiguration(authority.config_type, authority.name, patch, revision);
    await refreshConfigurations(client);
    onSaved();
  });
  const submit = () => ready && void save.run();
  const { leaving, close } = useLeaveGuard(changes, () => patch !== null, onClose);

  function change(part: Partial<AuthorityEdit>): void {
    save.clear();
    setChanges((before) => differing(start, { ...start, ...before, ...part }));
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
      {/* what is read again after a save is the person's own */}
      {!save.busy && <ChangedMeanwhile theirs={named(start, opened)} own={named(start, edit)} />}
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
          <ListFields
            on={edit.listOn}
            expiry={edit.listExpiry}
            onChange={({ on, expiry }) => change(differing(edit, { ...edit, listOn: on, listExpiry: expiry }))}
            error={save.error}
          />
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

function named(one: AuthorityEdit, other: AuthorityEdit): string[] {
  return Object.keys(differing(one, other)).map((part) => editLabels[part as keyof AuthorityEdit]);
}

function shown(length: number): Lifetime {
  // other lengths come from the API, and are shown to the second
  return length % 3_600 === 0 ? lifetimeOf(length, units) : lifetimeOf(length, ['second']);
}
