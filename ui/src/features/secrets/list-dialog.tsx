import type { ListSecrets } from '../../ipc/bindings';
import type { BatchTask } from './batch/batch-bar';
import { DeleteDialog } from './batch/delete-dialog';
import { DownloadDialog } from './batch/download-dialog';
import { SelectedSecrets } from './batch/selected-secrets';
import { CopyDialog } from './copy/copy-dialog';
import { OpenedDialog, type Opened } from './opened-dialog';
import { ManageFiltersDialog } from './saved-filters/manage-filters-dialog';
import { SaveFilterDialog } from './saved-filters/save-filter-dialog';
import type { FilterTask } from './saved-filters/saved-filters-menu';

/** What stands over the list: about one secret, about several, or about the list itself. */
export type OverList = Opened | BatchTask | FilterTask;

type ListDialogProps = {
  opened: OverList;
  /** What the list shows. */
  query: ListSecrets;
  onDeleted: (ids: readonly string[]) => void;
  onClose: () => void;
};

export function ListDialog({ opened, query, onDeleted, onClose }: ListDialogProps) {
  switch (opened.action) {
    case 'download':
      return (
        <SelectedSecrets ids={opened.ids} onClose={onClose}>
          {(secrets) => <DownloadDialog secrets={secrets} onClose={onClose} />}
        </SelectedSecrets>
      );
    case 'copy-selected':
      return (
        <SelectedSecrets ids={opened.ids} onClose={onClose}>
          {(secrets) => <CopyDialog secrets={secrets} onClose={onClose} />}
        </SelectedSecrets>
      );
    case 'delete-selected':
      return <DeleteDialog ids={opened.ids} onDeleted={onDeleted} onClose={onClose} />;
    case 'save-filter':
      return <SaveFilterDialog query={query} onClose={onClose} />;
    case 'manage-filters':
      return <ManageFiltersDialog onClose={onClose} />;
    default:
      return <OpenedDialog opened={opened} onClose={onClose} />;
  }
}
