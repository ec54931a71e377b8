import {
  preview__IconIndicator as IconIndicator,
  TableCell,
  TableExpandedRow,
  TableExpandRow,
  TableRow,
  Tag,
} from '@carbon/react';
import { memo } from 'react';
import type { ChallengeStatus, Checked } from '../../../../ipc/bindings';
import { CopyableId } from '../../../../components/copyable-id';
import { CopyTextButton } from '../../../../components/copy-text-button';
import { RelativeDate } from '../../../../components/relative-date';
import { removalVerdict, verdictOf, type Verdict } from './checked-words';
import { CheckedView } from './checked-view';
import { MistakeList } from './mistake-list';
import { zoneLine, type RecordRow } from './records';

type RecordLineProps = {
  row: RecordRow;
  checked: Checked | undefined;
  busy: boolean;
  looked: boolean;
  removing: boolean;
  open: boolean;
  onToggle: (key: string) => void;
};

/** A record: where it goes, what it says, and whether it is there. Others of a hundred stay as they are. */
export const RecordLine = memo(function RecordLine(props: RecordLineProps) {
  const { row, checked, busy, looked, removing, open, onToggle } = props;
  const { key, challenge, place, mark, index } = row;
  const { domain, txt_record_name: name, txt_record_value: value, status, expiration } = challenge;
  // a look-up finds the zone, too
  const found = checked?.zone != null ? { zone: checked.zone, relative_name: checked.relative_name } : null;
  const where = place ?? found;
  const verdict = removing ? removalVerdict(checked, busy) : verdictOf(checked, busy);
  const cells = (
    <>
      <TableCell className="kt-challenges__domain">
        {domain}
        {mark && (
          <Tag size="sm" type={mark === 'new' ? 'blue' : 'gray'}>
            {mark === 'new' ? 'New' : 'Same'}
          </Tag>
        )}
      </TableCell>
      <TableCell>
        <CopyableId label={`TXT record name of ${domain}`} text={name} whole />
        {where && (
          <div className="kt-challenges__place">
            <span>In the zone {where.zone}:</span>
            <CopyableId label={`name in the zone of ${domain}`} text={where.relative_name} whole />
          </div>
        )}
      </TableCell>
      <TableCell>
        {value === '' ? '—' : <CopyableId label={`TXT record value of ${domain}`} text={value} whole />}
      </TableCell>
      {!removing && (
        <TableCell className="kt-challenges__status">
          <Word {...statuses[status]} />
        </TableCell>
      )}
      {!removing && (
        <TableCell>
          <RelativeDate value={expiration} />
        </TableCell>
      )}
      {looked && (
        <TableCell className="kt-challenges__check">
          {index === null ? 'Nothing to do' : <Word {...verdict} />}
          {checked && !removing && <MistakeList mistakes={checked.mistakes} />}
        </TableCell>
      )}
      <TableCell>{value !== '' && <CopyTextButton label={`record of ${domain}`} text={zoneLine(challenge)} />}</TableCell>
    </>
  );
  if (!looked) return <TableRow>{cells}</TableRow>;
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

function Word({ word, kind }: Verdict) {
  return <IconIndicator kind={kind} label={word} />;
}

const statuses: Readonly<Record<ChallengeStatus, Verdict>> = {
  pending: { word: 'Pending', kind: 'not-started' },
  processing: { word: 'Being validated', kind: 'in-progress' },
  valid: { word: 'Valid', kind: 'succeeded' },
  invalid: { word: 'Invalid', kind: 'failed' },
};
