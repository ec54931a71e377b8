import { TableCell, TableRow } from '@carbon/react';
import { RelativeDate } from '../../../../components/relative-date';
import type { DnsProviderConfiguration, ViewOf } from '../../../../ipc/configurations';
import { idOf } from '../../tree/tree';
import { ListTable } from '../list-table';
import type { OnAct } from '../opening';
import { RowActions } from '../row-actions';
import { usedBy } from '../used-by';
import { kindOf, tsigAlgorithms } from '../words';

export const providerColumns = ['Name', 'Kind', 'Zone', 'Key', 'Used by', 'Created'];

type ProviderTableProps = { views: readonly ViewOf<DnsProviderConfiguration>[]; onAct: OnAct };

/** The DNS providers that set records by themselves. */
export function ProviderTable({ views, onAct }: ProviderTableProps) {
  return (
    <ListTable label="DNS providers" columns={providerColumns}>
      {views.map((view) => {
        const { configuration } = view;
        return (
          <TableRow key={idOf(view)}>
            <TableCell className="kt-engines__text">{configuration.name}</TableCell>
            <TableCell className="kt-engines__lines">
              {kindOf(configuration)}
              <span className="kt-engines__next">{configuration.server}</span>
            </TableCell>
            <TableCell className="kt-engines__text">{configuration.zone ?? 'That of each record'}</TableCell>
            <TableCell className="kt-engines__lines">
              {configuration.tsig_key_name}
              <span className="kt-engines__next">{tsigAlgorithms[configuration.tsig_algorithm ?? 'hmac-sha256']}</span>
            </TableCell>
            <TableCell>{usedBy(view)}</TableCell>
            <TableCell>
              <RelativeDate value={configuration.created_at} />
            </TableCell>
            <TableCell className="cds--table-column-menu">
              <RowActions view={view} onAct={onAct} />
            </TableCell>
          </TableRow>
        );
      })}
    </ListTable>
  );
}
