import { MenuItemDivider } from '@carbon/react';
import { ActionItem } from '../../../components/action-item';
import { ActionsMenu } from '../../../components/actions-menu';
import { useOfflineReason } from '../../../ipc/instances';
import type { ConfigurationView } from '../../../ipc/bindings';
import { idOf } from '../tree/tree';
import type { RowAction } from './opening';

type RowActionsProps<View> = {
  view: View;
  onAct: (action: RowAction, view: View) => void;
  /** Why it cannot be deleted now. */
  deleteHindrance?: string | null;
};

/** The menu **Actions** of a configuration that stands in a list. */
export function RowActions<View extends ConfigurationView>({ view, onAct, deleteHindrance }: RowActionsProps<View>) {
  const offline = useOfflineReason();
  return (
    <ActionsMenu name={view.configuration.name} id={idOf(view)}>
      <ActionItem label="View configuration" onChoose={() => onAct('view', view)} />
      <ActionItem label="Edit" hindrance={offline} onChoose={() => onAct('edit', view)} />
      <MenuItemDivider />
      <ActionItem label="Delete" danger hindrance={offline ?? deleteHindrance} onChoose={() => onAct('delete', view)} />
    </ActionsMenu>
  );
}
