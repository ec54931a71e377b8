import { isRemote } from '../../components/instance-kind';
import type { InstanceRow } from '../../ipc/bindings';
import { ColorDialog } from './color-dialog';
import { RemoveDialog } from './remove-dialog';
import { RemoveRemoteDialog } from './remove-remote-dialog';
import { RenameDialog } from './rename-dialog';

/** What is asked about one instance. */
export type Asked = { action: 'rename' | 'color' | 'remove'; instance: InstanceRow };

/** The dialog for what was chosen for one instance. */
export function RowDialog({ asked: { action, instance }, onClose }: { asked: Asked; onClose: () => void }) {
  if (action === 'rename') return <RenameDialog instance={instance} onClose={onClose} />;
  if (action === 'color') return <ColorDialog instance={instance} onClose={onClose} />;
  const Remove = isRemote(instance.kind) ? RemoveRemoteDialog : RemoveDialog;
  return <Remove instance={instance} onClose={onClose} />;
}
