import { isPublicAuthority, type PublicAuthorityConfiguration, type ViewOf } from '../../../ipc/configurations';
import { DeleteDialog } from '../actions/delete-dialog';
import { EditAuthorityDialog, EditProviderDialog } from './edit-dialog';
import type { PublicView, RowAction } from './opening';
import { ViewPanel } from './view-panel';

type OpenedDialogProps = {
  action: RowAction;
  view: PublicView;
  onClose: () => void;
  onDone: (title: string) => void;
};

/** The dialog or panel for an action on an authority or DNS provider. */
export function OpenedDialog({ action, view, onClose, onDone }: OpenedDialogProps) {
  if (action === 'view') return <ViewPanel view={view} onClose={onClose} />;
  if (action === 'delete') return <DeleteDialog view={view} onClose={onClose} onDone={onDone} />;
  const onSaved = () => onDone(`Saved ${view.configuration.name}`);
  return isOfAuthority(view) ? (
    <EditAuthorityDialog view={view} onClose={onClose} onSaved={onSaved} />
  ) : (
    <EditProviderDialog view={view} onClose={onClose} onSaved={onSaved} />
  );
}

function isOfAuthority(view: PublicView): view is ViewOf<PublicAuthorityConfiguration> {
  return isPublicAuthority(view.configuration);
}
