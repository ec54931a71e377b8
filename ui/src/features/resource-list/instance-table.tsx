import { Table, TableBody, TableCell, TableContainer, TableHead, TableHeader, TableRow } from '@carbon/react';
import { InstanceMark } from '../../components/instance-mark';
import { kindNames } from '../../components/instance-kind';
import type { InstanceRow } from '../../ipc/bindings';
import { RowActions, type InstanceAction } from './row-actions';
import { Status } from './status';

type InstanceTableProps = {
  instances: readonly InstanceRow[];
  onAction: (action: InstanceAction, instance: InstanceRow) => void;
};

const columns = ['Name', 'Kind', 'Location', 'Status', 'Secrets', 'Attention'];
const number = new Intl.NumberFormat('en');

export function InstanceTable({ instances, onAction }: InstanceTableProps) {
  return (
    <TableContainer>
      <Table aria-label="Instances" overflowMenuOnHover={false}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`instances-${column}`}>
                {column}
              </TableHeader>
            ))}
            <TableHeader id="instances-actions">
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {instances.map((instance) => (
            <TableRow key={instance.id}>
              <TableCell>
                <span className="kt-resources__name">
                  <InstanceMark name={instance.name} color={instance.color} />
                  <button type="button" className="cds--link kt-resources__open" onClick={() => onAction('open', instance)}>
                    {instance.name}
                  </button>
                </span>
              </TableCell>
              <TableCell className="kt-resources__kind">{kindNames[instance.kind]}</TableCell>
              <TableCell>{instance.location}</TableCell>
              <TableCell>
                <Status instance={instance} />
              </TableCell>
              <TableCell>{instance.secrets === null ? '—' : number.format(instance.secrets)}</TableCell>
              <TableCell>{instance.attention ?? '—'}</TableCell>
              <TableCell className="cds--table-column-menu">
                <RowActions instance={instance} onChoose={(action) => onAction(action, instance)} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
