import { MenuItem, MenuItemDivider } from '@carbon/react';
import { ActionsMenu } from '../../components/actions-menu';
import type { InstanceRow } from '../../ipc/bindings';

type RowActionsProps = { instance: InstanceRow; onOpen: () => void; onRename: () => void; onRemove: () => void };

/** The menu **Actions** of one instance. */
export function RowActions({ instance, onOpen, onRename, onRemove }: RowActionsProps) {
  return (
    <ActionsMenu name={instance.name} id={instance.id}>
      <MenuItem label="Open" onClick={onOpen} />
      <MenuItem label="Rename" onClick={onRename} />
      <MenuItemDivider />
      <MenuItem label="Remove" kind="danger" onClick={onRemove} />
    </ActionsMenu>
  );
}
