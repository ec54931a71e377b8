import {
  preview__IconIndicator as IconIndicator,
  TableCell,
  TableExpandedRow,
  TableExpandRow,
  TableRow,
} from '@carbon/react';
import { memo } from 'react';
import type { Checked } from '../../../../ipc/bindings';
import { CopyTextButton } from '../../../../components/copy-text-button';
import { removalVerdict, verdictOf } from './checked-words';
import { CheckedView } from './checked-view';
import { MistakeList } from './mistake-list';
import { RecordCells } from './record-cells';
import type { RecordRow } from './records';

const CopyLine = memo(CopyTextButton);

type RecordLineProps = {
  row: RecordRow;
  /** The record as a line of a zone file; `null`: it is not known. */
  line: string | null;
  checked: Checked | undefined;
  placing: boolean;
  looked: boolean;
  removing: boolean;
  open: boolean;
  onToggle: (key: string) => void;
};

/** A record: where it goes, what it says, and whether it is there. Others of a hundred stay as they are. */
export const RecordLine = memo(function RecordLine(props: RecordLineProps) {
  const { row, line, checked, placing, looked, removing, open, onToggle } = props;
  const { key, record, place } = row;
  const { domain } = row.challenge;
  const verdict = removing ? removalVerdict(checked) : verdictOf(checked);
  const cells = (
    <>
      <RecordCells
        row={row}
        // a look-up finds the zone, too
        zone={place?.zone ?? checked?.zone ?? null}
        relativeName={place?.relative_name ?? checked?.relative_name ?? ''}
        placing={placing}
        removing={removing}
      />
      {looked && (
        <TableCell className="kt-challenges__check">
          {record === null ? 'Nothing to do' : <IconIndicator kind={verdict.kind} label={verdict.word} />}
          {checked && !removing && <MistakeList mistakes={checked.mistakes} />}
        </TableCell>
      )}
      <TableCell>{line !== null && <CopyLine label={`record of ${domain}`} text={line} />}</TableCell>
    </>
  );
  if (!looked) return <TableRow>{cells}</TableRow>;
  if (record === null) {
    // nothing is asked about it, so there is nothing to open
    return (
      <TableRow>
        <TableCell />
        {cells}
      </TableRow>
    );
  }
  return (
    <>
      <TableExpandRow
        isExpanded={open}
        onExpand={() => onToggle(key)}
        aria-label={open ? `Hide the servers for ${domain}` : `Show the servers for ${domain}`}
      >
        {cells}
      </TableExpandRow>
      {open && (
        <TableExpandedRow colSpan={removing ? 6 : 8}>
          <CheckedView domain={domain} checked={checked} />
        </TableExpandedRow>
      )}
    </>
  );
});
