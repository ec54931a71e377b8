import { Table, TableBody, TableHead, TableHeader, TableRow, type DataTableSortState } from '@carbon/react';
import { memo, useCallback, useState } from 'react';
import type { SecretView, Sort, SortKey } from '../../../ipc/bindings';
import type { Column } from './columns';
import { pressRowKey } from './row-keys';
import { RowMenu, type SecretAction } from './row-menu';
import { SecretRow } from './secret-row';
import { SelectBox } from './select-box';
import type { Selection } from './use-selection';

type SecretsTableProps = {
  secrets: readonly SecretView[];
  columns: readonly Column[];
  sort: Sort | null;
  selection: Selection;
  onSort: (key: SortKey) => void;
  onAction: (action: SecretAction, secret: SecretView) => void;
};

/** One page of secrets. Carbon's table without its state: Rust searches, sorts and pages. */
export const SecretsTable = memo(function SecretsTable({
  secrets,
  columns,
  sort,
  selection,
  onSort,
  onAction,
}: SecretsTableProps) {
  const [menu, setMenu] = useState<{ secret: SecretView; button: HTMLElement } | null>(null);
  const openMenu = useCallback((secret: SecretView, button: HTMLElement) => setMenu({ secret, button }), []);
  const openDetails = useCallback((secret: SecretView) => onAction('details', secret), [onAction]);

  return (
    <>
      <Table isSortable aria-label="Secrets" size="md" overflowMenuOnHover={false}>
        <TableHead>
          <TableRow>
            <SelectPage total={secrets.length} selected={selection.onPage} onToggle={selection.togglePage} />
            {columns.map((column) => (
              <ColumnHeader key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
            <TableHeader className="cds--table-column-menu" aria-label="Actions" />
          </TableRow>
        </TableHead>
        <TableBody onKeyDown={(event) => pressRowKey(event, { secrets, onAction, onHindered: openMenu })}>
          {secrets.map((secret) => (
            <SecretRow
              key={secret.metadata.id}
              secret={secret}
              columns={columns}
              selected={selection.ids.has(secret.metadata.id)}
              onSelect={selection.toggle}
              onDetails={openDetails}
              onActions={openMenu}
            />
          ))}
        </TableBody>
      </Table>
      {menu && <RowMenu {...menu} onClose={() => setMenu(null)} onChoose={(action) => onAction(action, menu.secret)} />}
    </>
  );
});

function SelectPage({ total, selected, onToggle }: { total: number; selected: number; onToggle: () => void }) {
  return (
    <th scope="col" className="cds--table-column-checkbox">
      <SelectBox
        id="kt-select-page"
        label="Select all on this page"
        checked={total > 0 && selected === total}
        partly={selected > 0 && selected < total}
        onSelect={onToggle}
      />
    </th>
  );
}

type ColumnHeaderProps = { column: Column; sort: Sort | null; onSort: (key: SortKey) => void };

const ColumnHeader = memo(function ColumnHeader({ column, sort, onSort }: ColumnHeaderProps) {
  const { title, sort: key, key: name } = column;
  if (!key) return <TableHeader className={`kt-list__${name}`}>{title}</TableHeader>;
  const active = sort?.key === key;
  const direction: DataTableSortState = active ? (sort.descending ? 'DESC' : 'ASC') : 'NONE';
  return (
    <TableHeader
      isSortable
      isSortHeader={active}
      sortDirection={direction}
      className={`kt-list__${name}`}
      // Carbon's third step, unsorted, does not exist here
      translateWithId={() => `Sort by ${title}, ${direction === 'ASC' ? 'descending' : 'ascending'}`}
      onClick={() => onSort(key)}
    >
      {title}
    </TableHeader>
  );
});
