import {
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableHeader,
  TableRow,
} from '@carbon/react';
import { count } from '../../../components/amounts';
import { RelativeDate } from '../../../components/relative-date';
import { WriteButton } from '../../../components/write-button';
import type { PendingRemoval } from '../../../ipc/bindings';

const columns = ['Secret', 'Key', 'Since', 'Tries', 'Last problem', 'Next try', 'Actions'];

type RemovalTableProps = {
  removals: readonly PendingRemoval[];
  /** Whether one is being tried. */
  busy: boolean;
  onRetry: (removal: PendingRemoval) => void;
  onGiveUp: (removal: PendingRemoval) => void;
};

/** API keys that are still to be removed in IAM, the oldest first. */
export function RemovalTable({ removals, busy, onRetry, onGiveUp }: RemovalTableProps) {
  return (
    <TableContainer>
      <Table aria-label="Keys that could not be removed">
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeader key={column} id={`kt-removal-${column}`}>
                {column}
              </TableHeader>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {removals.map((removal) => (
            <TableRow key={removal.id}>
              <TableCell className="kt-engines__text">{removal.secret_name}</TableCell>
              <TableCell className="kt-engines__lines">
                {removal.api_key_id ?? 'Not known: its answer was lost'}
                {removal.service_id != null && (
                  <span className="kt-engines__next">
                    {removal.service_id}
                    {removal.service_id_too ? ', goes with it' : ', stays'}
                  </span>
                )}
              </TableCell>
              <TableCell>
                <RelativeDate value={removal.since} />
              </TableCell>
              <TableCell>{count(removal.tries)}</TableCell>
              <TableCell className="kt-engines__lines">{removal.problem ?? 'None'}</TableCell>
              <TableCell>
                <RelativeDate value={removal.next_try} none="Soon" />
              </TableCell>
              <TableCell>
                <div className="kt-engines__actions">
                  <WriteButton
                    kind="ghost"
                    size="sm"
                    disabled={busy}
                    aria-label={`Try again to remove the key of ${removal.secret_name}`}
                    onClick={() => onRetry(removal)}
                  >
                    Try again
                  </WriteButton>
                  <WriteButton
                    kind="danger--ghost"
                    size="sm"
                    aria-label={`Give up the key of ${removal.secret_name}`}
                    onClick={() => onGiveUp(removal)}
                  >
                    Give up
                  </WriteButton>
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
