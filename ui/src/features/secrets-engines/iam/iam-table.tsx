import { TableCell, TableRow } from '@carbon/react';
import { RelativeDate } from '../../../components/relative-date';
import type { IamConfiguration, ViewOf } from '../../../ipc/configurations';
import { ListTable } from '../public/list-table';
import type { RowAction } from '../public/opening';
import { RowActions } from '../public/row-actions';
import { usedBy } from '../public/used-by';
import { idOf } from '../tree/tree';
import { accountWords, standingWords } from './words';

export const iamColumns = ['Name', 'Status', 'IAM', 'Account', 'Used by', 'Created'];

type View = ViewOf<IamConfiguration>;
type IamTableProps = { views: readonly View[]; onAct: (action: RowAction, view: View) => void };

/** The configuration of IAM credentials, of which there is one at most. */
export function IamTable({ views, onAct }: IamTableProps) {
  return (
    <ListTable label="IAM credentials" columns={iamColumns}>
      {views.map((view) => {
        const { configuration } = view;
        return (
          <TableRow key={idOf(view)}>
            <TableCell className="kt-engines__text">{configuration.name}</TableCell>
            <TableCell>{standingWords(configuration)}</TableCell>
            <TableCell className="kt-engines__text">{configuration.iam_url}</TableCell>
            <TableCell className="kt-engines__text">{accountWords(configuration)}</TableCell>
            <TableCell>{usedBy(view)}</TableCell>
            <TableCell>
              <RelativeDate value={configuration.created_at} />
            </TableCell>
            <TableCell className="cds--table-column-menu">
              <RowActions view={view} onAct={onAct} deleteHindrance={deleteHindrance(view)} />
            </TableCell>
          </TableRow>
        );
      })}
    </ListTable>
  );
}

function deleteHindrance({ used_total }: View): string | null {
  if (used_total === 0) return null;
  return 'API keys of IAM credentials are removed with it. Delete those secrets first.';
}
