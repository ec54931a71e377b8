import {
  preview__IconIndicator as IconIndicator,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@carbon/react';
import type { ReactNode } from 'react';
import type { ComparedCertificates } from '../../../../ipc/bindings';
import { RelativeDate } from '../../../../components/relative-date';
import { changeRows, endChange, startChange, type Change } from './changes';

type ChangeTableProps = {
  compared: ComparedCertificates;
  /** What the two are called. */
  titles: { older: string; newer: string };
};

/** Two certificates side by side, a row for each property. */
export function ChangeTable({ compared, titles }: ChangeTableProps) {
  const { validity } = compared.comparison;
  return (
    <Table aria-label="Differences" size="sm" className="kt-certificate__changes">
      <TableHead>
        <TableRow>
          <TableHeader>Property</TableHeader>
          <TableHeader>{titles.older}</TableHeader>
          <TableHeader>{titles.newer}</TableHeader>
          <TableHeader>Change</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        <Row
          property="Valid from"
          older={<RelativeDate value={validity.old_not_before} />}
          newer={<RelativeDate value={validity.new_not_before} />}
          change={startChange(compared.comparison)}
        />
        <Row
          property="Valid until"
          older={<RelativeDate value={validity.old_not_after} />}
          newer={<RelativeDate value={validity.new_not_after} />}
          change={endChange(compared.comparison)}
        />
        {changeRows(compared).map((row) => (
          <Row key={row.property} {...row} />
        ))}
      </TableBody>
    </Table>
  );
}

type RowProps = { property: string; older: ReactNode; newer: ReactNode; change: Change };

function Row({ property, older, newer, change }: RowProps) {
  return (
    <TableRow>
      <TableCell>{property}</TableCell>
      <TableCell>{older}</TableCell>
      <TableCell>{newer}</TableCell>
      <TableCell>
        <IconIndicator kind={change.kind} label={change.word} />
      </TableCell>
    </TableRow>
  );
}
