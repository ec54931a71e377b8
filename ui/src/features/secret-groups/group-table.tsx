import { Table, TableBody, TableCell, TableContainer, TableHead, TableHeader, TableRow } from '@carbon/react';
import { count } from '../../components/amounts';
import { CopyableId } from '../../components/copyable-id';
import { RelativeDate } from '../../components/relative-date';
import type { SecretGroup, SecretGroupView } from '../../ipc/bindings';
import { GroupActions } from './group-actions';
import type { Opened } from './opened-dialog';

type GroupTableProps = {
  groups: readonly SecretGroupView[];
  onSecrets: (group: SecretGroup) => void;
  onOpen: (opened: Opened) => void;
};

export const columns = ['Name', 'Description', 'Secrets', 'Created', 'ID'];

export function GroupTable({ groups, onSecrets, onOpen }: GroupTableProps) {
  return (
    <TableContainer>
      <Table aria-label="Secret groups" overflowMenuOnHover={false}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`groups-${column}`}>
                {column}
              </TableHeader>
            ))}
            <TableHeader id="groups-actions">
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {groups.map((view) => (
            <TableRow key={view.group.id}>
              <TableCell className="kt-groups__name">{view.group.name}</TableCell>
              <TableCell className="kt-groups__description">{view.group.description || '—'}</TableCell>
              <TableCell>
                <Secrets view={view} onSecrets={onSecrets} />
              </TableCell>
              <TableCell className="kt-groups__created">
                <RelativeDate value={createdAt(view.group)} />
              </TableCell>
              <TableCell>
                <CopyableId label={`ID of ${view.group.name}`} text={view.group.id} />
              </TableCell>
              <TableCell className="cds--table-column-menu">
                <GroupActions view={view} onChoose={(action) => onOpen({ action, group: view.group })} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

type SecretsProps = { view: SecretGroupView; onSecrets: (group: SecretGroup) => void };

/** How many secrets are in the group; the number leads to them. */
function Secrets({ view: { group, secrets_total: total }, onSecrets }: SecretsProps) {
  if (total === 0) return '0';
  return (
    <button
      type="button"
      className="cds--link kt-groups__secrets"
      aria-label={`${count(total)} ${total === 1 ? 'secret' : 'secrets'} in ${group.name}`}
      onClick={() => onSecrets(group)}
    >
      {count(total)}
    </button>
  );
}

/** The group `default` was not made by anybody; the wire says so with the epoch. */
function createdAt({ created_at }: SecretGroup): string | null {
  return new Date(created_at).getTime() === 0 ? null : created_at;
}
