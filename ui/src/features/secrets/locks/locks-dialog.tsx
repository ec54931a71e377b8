import { useQueryClient } from '@tanstack/react-query';
import type { VersionAlias } from '../../../ipc/bindings';
import { focusBack } from '../../../components/focus-back';
import { useToasts } from '../../../components/toasts';
import { useOpened } from '../../../components/use-opened';
import type { SecretRef } from '../facts';
import { refreshSecrets } from '../queries';
import { CreateLockDialog } from './create-lock-dialog';
import { DeleteLocksDialog } from './delete-locks-dialog';
import type { LockCounts } from './lock-facts';
import { createdToast, deletedToast } from './lock-toasts';
import type { LockGroup } from './selection';

type Opened =
  | { action: 'create'; alias: VersionAlias }
  | { action: 'delete'; groups: readonly LockGroup[]; button: HTMLElement };

/** What stands over the panel. */
export function useLocksDialog() {
  return useOpened<Opened>();
}

type LocksDialogProps = {
  secret: SecretRef;
  dialog: ReturnType<typeof useLocksDialog>;
  counts: LockCounts;
  held: boolean;
};

/** The dialog over the panel, and what is told when it is done. */
export function LocksDialog({ secret, dialog, counts, held }: LocksDialogProps) {
  const client = useQueryClient();
  const showToast = useToasts();
  const { opened } = dialog;

  function close(): void {
    if (!opened || !dialog.close(opened)) return;
    const button = opened.action === 'delete' ? opened.button : null;
    focusBack(() => (button?.isConnected ? button : createButton()));
  }

  function done(toast: { title: string; subtitle: string }): void {
    showToast(toast);
    void refreshSecrets(client);
    // the button of a deleted lock is still there, but not for long
    if (dialog.close(opened)) focusBack(createButton);
  }

  if (opened === null) return null;
  if (opened.action === 'create') {
    return (
      <CreateLockDialog
        secret={secret}
        alias={opened.alias}
        onClose={close}
        onCreated={({ names, version, mode, locks }) => done(createdToast(names, version, mode, locks))}
      />
    );
  }
  return (
    <DeleteLocksDialog
      secret={secret}
      groups={opened.groups}
      counts={counts}
      held={held}
      onClose={close}
      onChanged={() => void refreshSecrets(client)}
      onDeleted={(locks) => done(deletedToast(opened.groups, held, locks))}
    />
  );
}

function createButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-create-lock]');
}
