import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmationField } from '../../../components/confirmation-field';
import { EnterForm } from '../../../components/enter-form';
import { ProblemNotice } from '../../../components/problem-notice';
import { TaskDialog } from '../../../components/task-dialog';
import { useAction } from '../../../components/use-action';
import { commands, type ConfigurationView } from '../../../ipc/bindings';
import { refreshConfigurations } from '../../../ipc/configurations';
import { isConflict } from '../../../ipc/problem';
import { Dependents } from '../details/dependents';
import { deletionOf } from './deletion';

type DeleteDialogProps = { view: ConfigurationView; onClose: () => void; onDone: (title: string) => void };

/** **Delete**: lists what depends on a configuration, and asks for its name. */
export function DeleteDialog({ view, onClose, onDone }: DeleteDialogProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const { configuration, revision, used_by, used_total } = view;
  const { name, config_type } = configuration;
  const { thing, effect, dependents } = deletionOf(configuration);
  const ready = typed === name;
  const remove = useAction(async () => {
    if (!ready) return;
    await commands.deleteConfiguration(config_type, name, typed, revision);
    await refreshConfigurations(client);
    onDone(`Deleted ${name}`);
  });
  const submit = () => void remove.run();

  async function reload(): Promise<void> {
    await refreshConfigurations(client);
    remove.clear();
  }

  return (
    <TaskDialog
      heading={`Delete ${name}`}
      danger
      task={{ label: 'Delete', run: submit, disabled: !ready, slow: remove.slow, progress: 'Deleting…' }}
      onClose={onClose}
    >
      <Stack gap={6}>
        <p>{effect} This cannot be undone.</p>
        {used_total > 0 && (
          <div>
            <p>{dependents}</p>
            <Dependents label={`What depends on ${name}`} named={used_by} total={used_total} />
          </div>
        )}
        <EnterForm onSubmit={submit} error={remove.error}>
          <ConfirmationField
            id="kt-delete-configuration"
            label={`Name of the ${thing}`}
            helperText={`Type ${name} to enable Delete.`}
            typed={typed}
            onType={setTyped}
          />
        </EnterForm>
        <ProblemNotice
          error={remove.error}
          {...(isConflict(remove.error) ? { action: { label: 'Reload', run: () => void reload() } } : {})}
        />
      </Stack>
    </TaskDialog>
  );
}
