import { Table, TableBody, TableContainer, TableHead, TableHeader, TableRow } from '@carbon/react';
import { useState } from 'react';
import type { ConfigurationView } from '../../../ipc/bindings';
import type { OnAct } from '../actions/configuration-action';
import { ConfigurationRow } from './configuration-row';
import { rowsOf, treeOf } from './tree';

export const columns = ['Name', 'Kind', 'Status', 'Common name', 'Expires', 'Revocation list'];

type ConfigurationTableProps = { views: readonly ConfigurationView[]; onAct: OnAct };

/** Authorities with what they signed below them. A row with something below it can be folded. */
export function ConfigurationTable({ views, onAct }: ConfigurationTableProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());

  function fold(id: string): void {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  }

  return (
    <TableContainer>
      <Table aria-label="Private certificates" overflowMenuOnHover={false}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`engines-${column}`}>
                {column}
              </TableHeader>
            ))}
            <TableHeader id="engines-actions">
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rowsOf(treeOf(views), folded).map((branch) => (
            <ConfigurationRow
              key={branch.id}
              branch={branch}
              folded={folded.has(branch.id)}
              onFold={() => fold(branch.id)}
              onAct={onAct}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
