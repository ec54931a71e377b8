import { MenuItemDivider } from '@carbon/react';
import { ActionItem } from '../../../components/action-item';
import { ActionsMenu } from '../../../components/actions-menu';
import { useOfflineReason } from '../../../ipc/instances';
import { idOf } from '../tree/tree';
import type { OnAct, PublicView } from './opening';

/** The menu **Actions** of an authority or DNS provider. */
export function RowActions({ view, onAct }: { view: PublicView; onAct: OnAct }) {
  const offline = useOfflineReason();
  return (
    <ActionsMenu name={view.configuration.name} id={idOf(view)}>
      <ActionItem label="View configuration" onChoose={() => onAct('view', view)} />
      <ActionItem label="Edit" hindrance={offline} onChoose={() => onAct('edit', view)} />
      <MenuItemDivider />
      <ActionItem label="Delete" danger hindrance={offline} onChoose={() => onAct('delete', view)} />
    </ActionsMenu>
  );
}
