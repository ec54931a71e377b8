import { TableCell, TableRow, Tag } from '@carbon/react';
import { WarningAltFilled } from '@carbon/icons-react';
import { count } from '../../../components/amounts';
import { RelativeDate } from '../../../components/relative-date';
import { isAuthority } from '../../../ipc/configurations';
import { ConfigurationActions } from '../actions/configuration-actions';
import type { OnAct } from '../actions/configuration-action';
import { FoldButton } from './fold-button';
import { RevocationList } from './revocation-list';
import { kindWords, warningOf } from './standing';
import { Status } from './status';
import type { Branch } from './tree';

type ConfigurationRowProps = { branch: Branch; folded: boolean; onFold: () => void; onAct: OnAct };

// deeper ones stay where this one is
const deepest = 5;

export function ConfigurationRow({ branch, folded, onFold, onAct }: ConfigurationRowProps) {
  const { view, depth, parent, below } = branch;
  const { configuration } = view;
  const authority = isAuthority(configuration) ? configuration : null;
  const warning = warningOf(branch);
  return (
    <TableRow>
      <TableCell>
        <div className="kt-engines__name" data-depth={Math.min(depth, deepest)}>
          <FoldButton name={configuration.name} folded={folded} empty={below.length === 0} onFold={onFold} />
          <span>{configuration.name}</span>
          {parent && <span className="cds--visually-hidden">{`, below ${parent.configuration.name}`}</span>}
        </div>
      </TableCell>
      <TableCell className="kt-engines__kind">
        <div className="kt-engines__tagged">
          {kindWords(configuration)}
          {authority?.signing_method === 'external' && (
            <Tag size="sm" type="outline">
              External signing
            </Tag>
          )}
        </div>
      </TableCell>
      <TableCell className="kt-engines__status">
        <div className="kt-engines__tagged">
          <Status configuration={configuration} />
          {view.outliving_total > 0 && (
            <Tag size="sm" type="outline" className="kt-engines__outliving" renderIcon={WarningAltFilled}>
              {`${count(view.outliving_total)} would outlive it`}
            </Tag>
          )}
        </div>
        {warning && (
          <p className="kt-engines__warning">
            <WarningAltFilled aria-label="Warning" />
            <span>{warning}</span>
          </p>
        )}
      </TableCell>
      <TableCell className="kt-engines__text">{authority?.common_name ?? '—'}</TableCell>
      <TableCell>{authority ? <RelativeDate value={authority.expiration_date} /> : '—'}</TableCell>
      <TableCell className="kt-engines__list">
        <RevocationList crl={authority?.crl} disabled={authority?.crl_disable === true} />
      </TableCell>
      <TableCell className="cds--table-column-menu">
        <ConfigurationActions branch={branch} onAct={onAct} />
      </TableCell>
    </TableRow>
  );
}
