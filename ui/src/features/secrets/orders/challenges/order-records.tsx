import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OrderView } from '../../../../ipc/bindings';
import { CopyTextButton } from '../../../../components/copy-text-button';
import { ProblemNotice } from '../../../../components/problem-notice';
import { zoneFileQuery, zonesQuery } from '../../queries';
import { CheckTools } from './check-tools';
import { lookLabel } from './checked-words';
import { RecordNotes } from './record-notes';
import { RecordTable } from './record-table';
import { obsoleteRecords, recordRows, removalRows, wantedKey } from './records';
import type { OrderCheck } from './use-order-check';

type OrderRecordsProps = { secretId: string; order: OrderView; manual: boolean; check: OrderCheck };

/** The TXT records of an order, where they belong, and whether they are there. */
export function OrderRecords({ secretId, order, manual, check }: OrderRecordsProps) {
  const { removing } = check;
  const names = order.challenges.map((challenge) => challenge.txt_record_name);
  const places = useQuery({ ...zonesQuery(secretId, names), enabled: manual && names.length > 0 });
  const zoneFile = useQuery({ ...zoneFileQuery(secretId), enabled: manual && order.stage !== 'placing' });
  // the same as long as they say the same: a row is not drawn anew for each answer
  const rows = useMemo(
    () => (removing ? removalRows : recordRows)(order, places.data ?? []),
    [removing, order, places.data],
  );
  const lines = useMemo(
    () => new Map((zoneFile.data ?? []).map(({ record, line }) => [wantedKey(record), line])),
    [zoneFile.data],
  );
  if (removing && !manual) return <p>The DNS provider removes the TXT records by itself.</p>;
  if (rows.length === 0) return removing ? <p>There are no TXT records to remove.</p> : null;

  const waits = order.stage === 'awaiting_records';
  const looks = check.possible;
  const toSet = (zoneFile.data ?? []).filter(({ open }) => open);
  return (
    <>
      {removing && (
        <p>
          Clean up: remove these TXT records from your DNS provider account now. <strong>{lookLabel}</strong> tells when
          they are gone.
        </p>
      )}
      {waits && <RecordNotes rows={rows} obsolete={obsoleteRecords(order)} />}
      {waits && (
        <div className="kt-challenges__tools">
          <CopyTextButton
            label="all as zone file"
            text={toSet.map(({ line }) => `${line}\n`).join('')}
            wide
            disabled={toSet.length === 0}
          />
        </div>
      )}
      <ProblemNotice
        error={places.error}
        action={{ label: 'Try again', run: () => void places.refetch() }}
      />
      <ProblemNotice
        error={zoneFile.error}
        action={{ label: 'Try again', run: () => void zoneFile.refetch() }}
      />
      {looks && (
        <CheckTools
          on={check.on}
          busy={check.busy}
          tally={check.tally}
          done={doneWords(check)}
          onStop={check.stop}
        />
      )}
      <RecordTable
        rows={rows}
        lines={lines}
        found={check.found}
        placing={places.isLoading}
        looked={looks || check.tally !== null}
        removing={removing}
      />
    </>
  );
}

/** What is left to say once nothing is left to look for; that one can validate, the banner says. */
function doneWords({ done, removing, ready }: OrderCheck): string | null {
  if (!done) return null;
  if (removing) return 'All of them are gone. Nothing is left to do in your DNS provider account.';
  return ready ? null : 'All name servers see all records, but something is not in order, as the table says.';
}
