import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { EnterForm } from '../../components/enter-form';
import { PassphraseFields } from '../../components/passphrase-fields';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useToasts } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { usePassphrase } from '../../components/use-passphrase';
import { commands } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';
import { fieldError, unplaced } from '../../ipc/problem';

type PassphraseDialogProps = { change: boolean; onClose: () => void };

/** The vault is open, so the old passphrase is not asked for. */
export function PassphraseDialog({ change, onClose }: PassphraseDialogProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const passphrase = usePassphrase();
  const set = useAction(async (typed: string) => {
    await commands.setPassphrase(typed);
    passphrase.forget();
    await refreshInstances(client);
    toast({ title: change ? 'The passphrase was changed' : 'The passphrase is set' });
    onClose();
  });

  function submit() {
    const typed = passphrase.take();
    if (typed !== null) void set.run(typed);
  }

  const label = change ? 'Change passphrase' : 'Set passphrase';
  return (
    <TaskDialog
      heading={label}
      size="sm"
      task={{ label, run: submit, slow: set.slow, progress: 'Setting…' }}
      onClose={onClose}
    >
      <EnterForm onSubmit={submit} error={set.error}>
        <Stack gap={5}>
          {change && <p>The old passphrase will no longer open the vault.</p>}
          <PassphraseFields
            passphrase={passphrase}
            error={fieldError(set.error, 'passphrase')}
            readOnly={set.busy}
          />
          <ProblemNotice error={unplaced(set.error, ['passphrase'])} />
        </Stack>
      </EnterForm>
    </TaskDialog>
  );
}
