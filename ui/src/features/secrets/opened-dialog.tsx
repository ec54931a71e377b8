import { useQueryClient } from '@tanstack/react-query';
import type { SecretView } from '../../ipc/bindings';
import { useToasts } from '../../components/toasts';
import { AddWizard } from './add/add-wizard';
import { DeleteDialog } from './delete/delete-dialog';
import { DetailsPanel } from './details/details-panel';
import type { SecretAction } from './list/row-menu';
import { LocksPanel } from './locks/locks-panel';
import { refreshSecrets } from './queries';
import { RotateDialog } from './rotate/rotate-dialog';
import { VersionHistory } from './versions/version-history';
import { ViewDialog } from './view/view-dialog';

/** What stands over the list. */
export type Opened = { action: 'add' } | { action: SecretAction; secret: SecretView };

/** The dialog or panel for an action, and what is told when it is done. */
export function OpenedDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const client = useQueryClient();
  const showToast = useToasts();

  function done(title: string, subtitle = ''): void {
    showToast({ title, subtitle });
    void refreshSecrets(client);
    onClose();
  }

  if (!('secret' in opened)) {
    return <AddWizard onClose={onClose} onAdded={({ metadata }) => done(`Added ${metadata.name}`)} />;
  }
  const { id, name } = opened.secret.metadata;
  const secret = { id, name };
  switch (opened.action) {
    case 'view':
      return <ViewDialog secret={secret} onClose={onClose} />;
    case 'details':
      return <DetailsPanel secret={secret} onClose={onClose} onSaved={({ metadata }) => done(`Saved ${metadata.name}`)} />;
    case 'rotate':
      return (
        <RotateDialog
          secret={secret}
          onClose={onClose}
          onRotated={({ number }) => done(`Rotated ${name}`, `Version ${number} is the current one now.`)}
        />
      );
    case 'versions':
      return <VersionHistory secret={secret} onClose={onClose} />;
    case 'locks':
      return <LocksPanel secret={secret} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog secret={secret} onClose={onClose} onDeleted={() => done(`Deleted ${name}`)} />;
  }
}
