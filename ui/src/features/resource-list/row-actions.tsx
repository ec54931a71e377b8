import { MenuItem, MenuItemDivider } from '@carbon/react';
import { ActionsMenu } from '../../components/actions-menu';
import { isRemote } from '../../components/instance-kind';
import type { InstanceRow } from '../../ipc/bindings';

/** What can be done with an instance of the list. */
export type InstanceAction = 'open' | 'rename' | 'color' | 'replace-key' | 'remove';

type RowActionsProps = { instance: InstanceRow; onChoose: (action: InstanceAction) => void };

/** The menu **Actions** of one instance. */
export function RowActions({ instance, onChoose }: RowActionsProps) {
  return (
    <ActionsMenu name={instance.name} id={instance.id}>
      <MenuItem label="Open" onClick={() => onChoose('open')} />
      <MenuItem label="Rename" onClick={() => onChoose('rename')} />
      <MenuItem label="Change colour" onClick={() => onChoose('color')} />
      {isRemote(instance.kind) && <MenuItem label="Replace API key" onClick={() => onChoose('replace-key')} />}
      <MenuItemDivider />
      <MenuItem label="Remove" kind="danger" onClick={() => onChoose('remove')} />
    </ActionsMenu>
  );
}
