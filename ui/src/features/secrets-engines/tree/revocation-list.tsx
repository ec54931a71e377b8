import { count } from '../../../components/amounts';
import { RelativeDate } from '../../../components/relative-date';
import type { CrlView } from '../../../ipc/bindings';

/** How many certificates are on a revocation list, and until when it is good. */
export function RevocationList({ crl, disabled }: { crl: CrlView | null | undefined; disabled: boolean }) {
  if (!crl) return '—';
  return (
    <>
      {disabled ? 'Kept empty' : `${count(crl.revoked)} revoked`}
      <span className="kt-engines__next">
        Next update <RelativeDate value={crl.next_update} />
      </span>
    </>
  );
}
