import type { SecretGroup } from '../../ipc/bindings';
import { CreateGroupDialog } from '../../components/create-group-dialog';
import { useToasts } from '../../components/toasts';
import { DeleteDialog } from './delete-dialog';
import { EditDialog } from './edit-dialog';

/** What stands over the table. */
export type Opened = { action: 'create' } | { action: 'edit' | 'delete'; group: SecretGroup };

/** The dialog for an action, and what is told when it is done. */
export function OpenedDialog({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const showToast = useToasts();

  function done(title: string): void {
    showToast({ title });
    onClose();
  }

  switch (opened.action) {
    case 'create':
      return <CreateGroupDialog onClose={onClose} onCreated={({ name }) => done(`Created ${name}`)} />;
    case 'edit':
      return <EditDialog group={opened.group} onClose={onClose} onSaved={({ name }) => done(`Saved ${name}`)} />;
    case 'delete':
      return (
        <DeleteDialog group={opened.group} onClose={onClose} onDeleted={() => done(`Deleted ${opened.group.name}`)} />
      );
  }
}
