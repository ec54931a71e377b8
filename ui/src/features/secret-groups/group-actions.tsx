import { MenuItemDivider } from '@carbon/react';
import { ActionItem } from '../../components/action-item';
import { ActionsMenu } from '../../components/actions-menu';
import type { SecretGroupView } from '../../ipc/bindings';
import { useOfflineReason } from '../../ipc/instances';

type GroupActionsProps = { view: SecretGroupView; onChoose: (action: 'edit' | 'delete') => void };

/** The menu **Actions** of one group. */
export function GroupActions({ view, onChoose }: GroupActionsProps) {
  const { group, edit_hindrance, delete_hindrance } = view;
  const offline = useOfflineReason();
  return (
    <ActionsMenu name={group.name} id={group.id}>
      <ActionItem label="Edit" hindrance={offline ?? edit_hindrance} onChoose={() => onChoose('edit')} />
      <MenuItemDivider />
      <ActionItem label="Delete group" danger hindrance={offline ?? delete_hindrance} onChoose={() => onChoose('delete')} />
    </ActionsMenu>
  );
}
