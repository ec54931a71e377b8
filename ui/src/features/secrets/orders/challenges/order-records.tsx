import { useQuery } from '@tanstack/react-query';
import type { OrderView } from '../../../../ipc/bindings';
import { CopyTextButton } from '../../../../components/copy-text-button';
import { zoneFileQuery, zonesQuery } from '../../queries';
import { CheckTools } from './check-tools';
import { RecordNotes } from './record-notes';
import { RecordTable } from './record-table';
import { obsoleteRecords, recordRows, removalRows } from './records';
import type { OrderCheck } from './use-order-check';

type OrderRecordsProps = { secretId: string; order: OrderView; manual: boolean; check: OrderCheck };

/** The TXT records of an order, where they belong, and whether they are there. */
export function OrderRecords({ secretId, order, manual, check }: OrderRecordsProps) {
  const names = order.challenges.map((challenge) => challenge.txt_record_name);
  const places = useQuery({ ...zonesQuery(secretId, names), enabled: manual && names.length > 0 });
  const waits = order.stage === 'awaiting_records';
  const zoneFile = useQuery({ ...zoneFileQuery(secretId), enabled: waits && check.total > 0 });
  const { removing } = check;
  if (removing && !manual) return <p>The DNS provider removes the TXT records by itself.</p>;

  const rows = (removing ? removalRows : recordRows)(order, places.data ?? []);
  const looks = waits || removing;
  const done = removing
    ? 'All of them are gone. Nothing is left to do in your DNS provider account.'
    : check.ready
      ? 'All name servers see all records. You can validate now.'
      : 'All name servers see all records, but something is not in order, as the table says.';
  if (rows.length === 0) return removing ? <p>There are no TXT records to remove.</p> : null;
  return (
    <>
      {removing && (
        <p>
          Clean up: remove these TXT records from your DNS provider account now. <strong>Check again</strong> tells when
          they are gone.
        </p>
      )}
      {waits && <RecordNotes rows={rows} obsolete={obsoleteRecords(order)} />}
      {waits && (
        <div className="kt-challenges__tools">
          <CopyTextButton label="all as zone file" text={zoneFile.data ?? ''} wide disabled={!zoneFile.data} />
        </div>
      )}
      <RecordTable
        rows={rows}
        found={check.found}
        busy={check.busy}
        looked={looks || check.found.some(Boolean)}
        removing={removing}
      />
      {looks && <CheckTools on={check.on} busy={check.busy} done={check.done ? done : null} onStop={check.stop} />}
    </>
  );
}
