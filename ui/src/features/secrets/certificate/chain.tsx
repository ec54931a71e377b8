import { Accordion } from '@carbon/react';
import type { CertificateFacts } from '../../../ipc/bindings';
import { FactList } from './fact-list';
import { LazyItem } from './lazy-item';

type ChainProps = {
  certificate: CertificateFacts;
  /** From the one that signed it upwards. */
  intermediates: readonly CertificateFacts[];
  /** When the certificate itself was revoked. */
  revokedAt: string | null;
};

/** A certificate and what leads from it towards a root, as a server shows them. */
export function Chain({ certificate, intermediates, revokedAt }: ChainProps) {
  return (
    <>
      <Accordion align="start">
        <LazyItem title={`Certificate: ${shortName(certificate)}`} startsOpen>
          <FactList facts={certificate} revokedAt={revokedAt} />
        </LazyItem>
        {intermediates.map((facts, place) => (
          <LazyItem key={`${place} ${facts.sha256}`} title={`Intermediate ${place + 1}: ${shortName(facts)}`}>
            <FactList facts={facts} of={` of intermediate ${place + 1}`} />
          </LazyItem>
        ))}
      </Accordion>
      {intermediates.length === 0 && <p className="kt-certificate__note">There are no intermediate certificates.</p>}
    </>
  );
}

/** What a certificate is called in one line. */
export function shortName({ subject, alt_names }: CertificateFacts): string {
  return subject.common_name ?? (subject.text || (alt_names[0]?.value ?? 'no name'));
}
