import { TableCell, TableRow } from '@carbon/react';
import { RelativeDate } from '../../../../components/relative-date';
import type { PublicAuthorityConfiguration, ViewOf } from '../../../../ipc/configurations';
import { idOf } from '../../tree/tree';
import { ListTable } from '../list-table';
import type { OnAct } from '../opening';
import { RowActions } from '../row-actions';
import { usedBy } from '../used-by';
import { accountWords, hostOf, kindOf } from '../words';

export const authorityColumns = ['Name', 'Kind', 'Account', 'Used by', 'Created'];

type AuthorityTableProps = { views: readonly ViewOf<PublicAuthorityConfiguration>[]; onAct: OnAct };

/** The authorities that public certificates are ordered from. */
export function AuthorityTable({ views, onAct }: AuthorityTableProps) {
  return (
    <ListTable label="Certificate authorities" columns={authorityColumns}>
      {views.map((view) => {
        const { configuration } = view;
        return (
          <TableRow key={idOf(view)}>
            <TableCell className="kt-engines__text">{configuration.name}</TableCell>
            <TableCell className="kt-engines__lines">
              {kindOf(configuration)}
              {configuration.config_type === 'public_cert_configuration_ca_acme' && (
                <span className="kt-engines__next">{hostOf(configuration.directory_url)}</span>
              )}
            </TableCell>
            <TableCell className="kt-engines__lines">
              {accountWords(configuration)}
              <span className="kt-engines__next">{configuration.account_key_algorithm}</span>
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
