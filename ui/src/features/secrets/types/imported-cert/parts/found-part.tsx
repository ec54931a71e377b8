import type { CertificateFacts, CertificateFile } from '../../../../../ipc/bindings';
import { RelativeDate } from '../../../../../components/relative-date';
import { shownName } from '../inspection/shown-name';
import type { PartName } from './part';

type FoundPartProps = { name: PartName; found: CertificateFile; intermediates: readonly CertificateFacts[] };

/** What was found in a file, in one line. */
export function FoundPart({ name, found: { certificate, private_key }, intermediates }: FoundPartProps) {
  if (name === 'private_key') return private_key && <div className="kt-part__found">Private key, {private_key}</div>;
  if (name === 'certificate') return certificate && <div className="kt-part__found">{certificateLine(certificate)}</div>;
  const names = intermediates.map(({ subject }) => shownName(subject)).join(', ');
  if (intermediates.length === 0) return null;
  return (
    <div className="kt-part__found">
      {intermediates.length === 1 ? '1 certificate' : `${intermediates.length} certificates`}: <bdi>{names}</bdi>
    </div>
  );
}

function certificateLine({ subject, issuer, not_after }: CertificateFacts) {
  return (
    <>
      <bdi>{shownName(subject)}</bdi>, issued by <bdi>{shownName(issuer)}</bdi>, until <RelativeDate value={not_after} />
    </>
  );
}
