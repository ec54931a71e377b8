import { MenuItemDivider } from '@carbon/react';
import { ActionItem } from '../../../components/action-item';
import { ActionsMenu } from '../../../components/actions-menu';
import { isAuthority } from '../../../ipc/configurations';
import { useOfflineReason } from '../../../ipc/instances';
import type { Branch } from '../tree/tree';
import { AuthorityActions } from './authority-actions';
import type { OnAct } from './configuration-action';

/** The menu **Actions** of an authority or template. */
export function ConfigurationActions({ branch, onAct }: { branch: Branch; onAct: OnAct }) {
  const { configuration } = branch.view;
  const act = (action: Parameters<OnAct>[0]) => onAct(action, branch);
  const offline = useOfflineReason();
  return (
    <ActionsMenu name={configuration.name} id={branch.id}>
      <ActionItem label="Details" onChoose={() => act('details')} />
      {isAuthority(configuration) && <AuthorityActions authority={configuration} branch={branch} onChoose={act} />}
      <ActionItem label="Edit" hindrance={offline} onChoose={() => act('edit')} />
      <MenuItemDivider />
      <ActionItem label="Delete" danger hindrance={offline} onChoose={() => act('delete')} />
    </ActionsMenu>
  );
}
