import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@carbon/react';
import { useId } from 'react';
import type { CurrentCertificate, Inspection } from '../../../../../ipc/bindings';
import type { Rotation } from './rotation';
import { sides } from './sides';

type SideBySideProps = { inspection: Inspection; current: CurrentCertificate; rotation: Rotation };

/** The current version and the one that will replace it. */
export function SideBySide({ inspection, current, rotation }: SideBySideProps) {
  const title = useId();
  return (
    <section className="kt-checks" aria-labelledby={title}>
      <h3 id={title} className="kt-checks__title">
        Difference to the current version
      </h3>
      <Table aria-label="Current version and new version" size="sm" className="kt-sides">
        <TableHead>
          <TableRow>
            <TableHeader>
              <span className="cds--visually-hidden">What</span>
            </TableHeader>
            <TableHeader>Current version</TableHeader>
            <TableHeader>New version</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody aria-live="off">
          {sides(inspection, current, rotation).map(({ label, before, after }) => (
            <TableRow key={label}>
              <th scope="row">{label}</th>
              <TableCell>{before}</TableCell>
              <TableCell>{after ?? <NothingYet />}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function NothingYet() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="cds--visually-hidden">Nothing yet</span>
    </>
  );
}
