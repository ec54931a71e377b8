import { preview__IconIndicator as IconIndicator, SkeletonText, TableCell, Tag } from '@carbon/react';
import { memo } from 'react';
import type { ChallengeStatus } from '../../../../ipc/bindings';
import { CopyableId } from '../../../../components/copyable-id';
import { RelativeDate } from '../../../../components/relative-date';
import type { Verdict } from './checked-words';
import type { RecordRow } from './records';

type RecordCellsProps = {
  row: RecordRow;
  /** The zone it belongs to; `null`: none was found, or is not known yet. */
  zone: string | null;
  /** Its name in that zone. */
  relativeName: string;
  placing: boolean;
  removing: boolean;
};

/** What a record is. Answers of name servers leave it as it is, and copying has much to draw. */
export const RecordCells = memo(function RecordCells({ row, zone, relativeName, placing, removing }: RecordCellsProps) {
  const { challenge, mark } = row;
  const { domain, txt_record_name: name, txt_record_value: value, status, expiration } = challenge;
  return (
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
        {zone !== null ? (
          <div className="kt-challenges__place">
            <span>In the zone {zone}:</span>
            <CopyableId label={`name in the zone of ${domain}`} text={relativeName} whole />
          </div>
        ) : (
          placing && (
            <div className="kt-challenges__place kt-challenges__place--sought">
              <SkeletonText paragraph lineCount={2} />
            </div>
          )
        )}
      </TableCell>
      <TableCell>
        {value === '' ? '—' : <CopyableId label={`TXT record value of ${domain}`} text={value} whole />}
      </TableCell>
      {!removing && (
        <TableCell className="kt-challenges__status">
          <IconIndicator kind={statuses[status].kind} label={statuses[status].word} />
        </TableCell>
      )}
      {!removing && (
        <TableCell>
          <RelativeDate value={expiration} />
        </TableCell>
      )}
    </>
  );
});

const statuses: Readonly<Record<ChallengeStatus, Verdict>> = {
  pending: { word: 'Pending', kind: 'not-started' },
  processing: { word: 'Being validated', kind: 'in-progress' },
  valid: { word: 'Valid', kind: 'succeeded' },
  invalid: { word: 'Invalid', kind: 'failed' },
};
