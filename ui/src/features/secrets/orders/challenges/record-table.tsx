import { Table, TableBody, TableExpandHeader, TableHead, TableHeader, TableRow } from '@carbon/react';
import { useCallback, useState } from 'react';
import { RecordLine } from './record-line';
import { challengeKey, type RecordRow } from './records';
import type { Found } from './use-dns-check';

type RecordTableProps = {
  rows: readonly RecordRow[];
  /** Each record as a line of a zone file. */
  lines: ReadonlyMap<string, string>;
  found: Found;
  /** Their zones are being found. */
  placing: boolean;
  /** There are or will be answers of name servers. */
  looked: boolean;
  /** They are to be removed, not to be set. */
  removing: boolean;
};

/** All TXT records of an order in one table; a row opens for what each server said. */
export function RecordTable({ rows, lines, found, placing, looked, removing }: RecordTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((key: string) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  return (
    <div className="kt-challenges__table">
      <Table size="md" aria-label={removing ? 'TXT records to remove' : 'TXT records'}>
        <TableHead>
          <TableRow>
            {looked && <TableExpandHeader aria-label="Servers" />}
            <TableHeader className="kt-challenges__column--domain">Domain</TableHeader>
            <TableHeader className="kt-challenges__column--name">TXT record name</TableHeader>
            <TableHeader>TXT record value</TableHeader>
            {!removing && <TableHeader className="kt-challenges__column--short">Status</TableHeader>}
            {!removing && <TableHeader className="kt-challenges__column--short">Expires</TableHeader>}
            {looked && <TableHeader className="kt-challenges__column--check">DNS check</TableHeader>}
            <TableHeader className="kt-challenges__column--copy" aria-label="Copy" />
          </TableRow>
        </TableHead>
        {/* Carbon would have each answer read out; the sum is */}
        <TableBody aria-live="off">
          {rows.map((row) => {
            const checked = row.record === null ? undefined : found.get(row.record);
            return (
              <RecordLine
                key={row.key}
                row={row}
                line={lines.get(challengeKey(row.challenge)) ?? null}
                checked={checked}
                placing={placing}
                looked={looked}
                removing={removing}
                open={open.has(row.key)}
                onToggle={toggle}
              />
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
