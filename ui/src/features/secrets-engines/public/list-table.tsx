import { Table, TableBody, TableContainer, TableHead, TableHeader, TableRow } from '@carbon/react';
import type { ReactNode } from 'react';

type ListTableProps = {
  /** What the rows are. */
  label: string;
  columns: readonly string[];
  /** The rows, each with the menu **Actions** in a last column. */
  children: ReactNode;
};

/** The table of one kind of configuration. */
export function ListTable({ label, columns, children }: ListTableProps) {
  return (
    <TableContainer>
      <Table aria-label={label} overflowMenuOnHover={false}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`${label}-${column}`}>
                {column}
              </TableHeader>
            ))}
            <TableHeader id={`${label}-actions`}>
              <span className="cds--visually-hidden">Actions</span>
            </TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>{children}</TableBody>
      </Table>
    </TableContainer>
  );
}
