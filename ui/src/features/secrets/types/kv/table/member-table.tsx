import { Add } from '@carbon/icons-react';
import { Button, Callout, Pagination, Table, TableBody, TableHead, TableHeader, TableRow } from '@carbon/react';
import { count } from '../../../../../components/amounts';
import type { ObjectDraft } from '../object-draft';
import { MemberRow } from './member-row';
import type { ObjectText } from './object-text';
import { top } from './place';
import { fieldId, rowsOfPage, useTable } from './use-table';

type MemberTableProps = {
  object: ObjectText;
  draft: ObjectDraft;
  onChange: (part: Partial<ObjectDraft>) => void;
};

/** One row for each key or value of a list that can be seen; what is inside of others is indented. */
export function MemberTable({ object, draft, onChange }: MemberTableProps) {
  const { table, rows, total, isFlat, page, setPage, step } = useTable(object, draft, onChange);
  return (
    <>
      {total === 0 ? (
        <p className="kt-object__empty">No keys yet. Add the first one.</p>
      ) : (
        <div className={isFlat ? 'kt-object__rows kt-object__rows--flat' : 'kt-object__rows'}>
          <Table aria-label="Keys and values" size="lg">
            <TableHead>
              <TableRow>
                <TableHeader>Key</TableHeader>
                <TableHeader>Type</TableHeader>
                <TableHeader>Value</TableHeader>
                <TableHeader aria-label="Actions" />
              </TableRow>
            </TableHead>
            {/* WebKit takes a page that comes as one much faster than its rows one by one */}
            <TableBody key={page}>
              {rows.map((row) => (
                <MemberRow
                  key={row.id}
                  {...row}
                  typedName={table.names.get(row.place)}
                  typedValue={table.values.get(row.place)}
                  step={step}
                />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {total > rowsOfPage && (
        <Pagination
          page={page + 1}
          pageSize={rowsOfPage}
          pageSizes={[rowsOfPage]}
          pageSizeInputDisabled
          totalItems={total}
          itemsPerPageText="Rows per page:"
          itemRangeText={(min, max, all) => `${count(min)}–${count(max)} of ${count(all)} rows`}
          onChange={(change) => setPage(change.page - 1)}
        />
      )}
      <div role="status">
        {table.lost && (
          <Callout
            className="kt-problem"
            kind="info"
            lowContrast
            title={table.lost.words}
            actionButtonLabel="Undo"
            onActionButtonClick={() => step({ do: 'undo' })}
          />
        )}
      </div>
      <Button
        id={fieldId('add')}
        kind="tertiary"
        size="md"
        renderIcon={Add}
        onClick={() => step({ do: 'add', parent: top })}
        {...(total === 0 ? { 'data-modal-primary-focus': '' } : {})}
      >
        Add key
      </Button>
    </>
  );
}
