import { MenuItemDivider, TableCell, TableRow } from '@carbon/react';
import { ActionItem } from '../../../components/action-item';
import { ActionsMenu } from '../../../components/actions-menu';
import { count } from '../../../components/amounts';
import { RelativeDate } from '../../../components/relative-date';
import type { PendingRemoval } from '../../../ipc/bindings';
import { useOfflineReason } from '../../../ipc/instances';
import { ListTable } from '../public/list-table';
import { apiKeyWords } from './words';

const columns = ['Secret', 'Key', 'Since', 'Tries', 'Last problem', 'Next try'];

type RemovalTableProps = {
  removals: readonly PendingRemoval[];
  /** Whether one is being tried. */
  busy: boolean;
  onRetry: (removal: PendingRemoval) => void;
  onGiveUp: (removal: PendingRemoval) => void;
};

/** API keys that are still to be removed in IAM, the oldest first. */
export function RemovalTable({ removals, busy, onRetry, onGiveUp }: RemovalTableProps) {
  const offline = useOfflineReason();
  return (
    <ListTable label="Keys that could not be removed" columns={columns}>
      {removals.map((removal) => (
        <TableRow key={removal.id}>
          <TableCell className="kt-engines__text">{removal.secret_name}</TableCell>
          <TableCell className="kt-engines__lines">
            {apiKeyWords(removal)}
            {removal.service_id != null && (
              <span className="kt-engines__next">
                {removal.service_id}
                {removal.service_id_too ? ', goes with it' : ', stays'}
              </span>
            )}
          </TableCell>
          <TableCell>
            <RelativeDate value={removal.since} />
          </TableCell>
          <TableCell>{count(removal.tries)}</TableCell>
          <TableCell className="kt-engines__lines">{removal.problem ?? 'None'}</TableCell>
          <TableCell>
            <RelativeDate value={removal.next_try} none="Soon" />
          </TableCell>
          <TableCell className="cds--table-column-menu">
            <ActionsMenu name={`the key of ${removal.secret_name}`} id={removal.id}>
              <ActionItem
                label="Try again"
                hindrance={offline ?? (busy ? 'One is being tried.' : null)}
                onChoose={() => onRetry(removal)}
              />
              <MenuItemDivider />
              <ActionItem label="Give up" danger hindrance={offline} onChoose={() => onGiveUp(removal)} />
            </ActionsMenu>
          </TableCell>
        </TableRow>
      ))}
    </ListTable>
  );
}
