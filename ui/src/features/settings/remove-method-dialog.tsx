import { Stack } from '@carbon/react';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '../../components/problem-notice';
import { TaskDialog } from '../../components/task-dialog';
import { useToasts } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { commands, type UnlockKind, type UnlockMethodRow } from '../../ipc/bindings';
import { refreshInstances } from '../../ipc/instances';
import { methodNames } from './method-names';

type RemoveMethodDialogProps = { method: UnlockMethodRow; onClose: () => void };

const effects: Readonly<Record<UnlockKind, string>> = {
  keyring: 'Its entry leaves the keyring. The vault then asks for the passphrase or the recovery code.',
  passphrase: 'The passphrase will no longer open the vault.',
  recovery_code: 'The code that you wrote down will no longer open the vault.',
};

/** A refusal is shown here; then nothing was removed. */
export function RemoveMethodDialog({ method, onClose }: RemoveMethodDialogProps) {
  const client = useQueryClient();
  const toast = useToasts();
  const name = methodNames[method.kind];
  const remove = useAction(async () => {
    await commands.removeUnlockMethod(method.slot_id);
    await refreshInstances(client);
    toast({ title: `${name} was removed` });
    onClose();
  });
  return (
    <TaskDialog
      heading={`Remove ${name.toLowerCase()}?`}
      size="xs"
      danger
      task={{ label: 'Remove', run: () => void remove.run(), slow: remove.slow, progress: 'Removing…' }}
      onClose={onClose}
    >
      <Stack gap={5}>
        <p>{effects[method.kind]}</p>
        <ProblemNotice error={remove.error} />
      </Stack>
    </TaskDialog>
  );
}
