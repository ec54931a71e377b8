import { useQueryClient } from '@tanstack/react-query';
import { commands, type Reminder, type SecretView } from '../../../ipc/bindings';
import { isConflict } from '../../../ipc/problem';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { refreshSecrets, secretQuery } from '../queries';
import { momentIn, snoozedUntil } from './due-dates';

/** Puts the reminder off, or ends that; saved at once, unlike the fields around it. */
export function useSnooze(secret: SecretView, reload: () => Promise<unknown>) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { id, name } = secret.metadata;

  const save = useAction(async (snooze: Pick<Reminder, 'snoozed_until'>) => {
    if (!secret.reminder) return;
    const reminder = { every_days: secret.reminder.every_days, ...snooze };
    const saved = await commands.editSecret(id, { reminder: { kind: 'set', reminder } }, secret.revision);
    client.setQueryData(secretQuery(id).queryKey, saved);
    void refreshSecrets(client);
    showToast({ title: snoozedUntil(saved) === null ? `The reminder of ${name} is awake` : `Snoozed ${name}` });
  });
  const review = useAction(async () => {
    await reload();
    save.clear();
  });

  return {
    snooze: (days: number) => void save.run({ snoozed_until: momentIn(days) }),
    wake: () => void save.run({}),
    slow: save.slow,
    error: save.error,
    conflict: isConflict(save.error),
    review,
  };
}
