import type { CertificateFacts } from '../../../../../ipc/bindings';
import { Fact } from '../../../fact';
import { AltNames } from './alt-names';
import { Period } from './period';
import { shownName } from './shown-name';

/** A certificate, decoded. */
export function CertificateList({ facts }: { facts: CertificateFacts }) {
  const { subject, issuer, self_issued, alt_names, alt_names_left_out, not_before, not_after } = facts;
  return (
    <dl className="kt-facts" aria-label="Certificate">
      <Fact label="Issued to">
        <bdi>{shownName(subject)}</bdi>
      </Fact>
      <Fact label="Alternative names">
        <AltNames names={alt_names.map(({ value }) => value)} leftOut={alt_names_left_out} />
      </Fact>
      <Fact label="Issuer">
        <bdi>{issuer.text}</bdi>
        {self_issued && ' (itself)'}
      </Fact>
      <Fact label="Valid">
        <Period from={not_before} until={not_after} />
      </Fact>
      <Fact label="Serial number">
        <code className="kt-checks__serial">{facts.serial_number}</code>
      </Fact>
      <Fact label="Algorithms">
        Key {facts.key_algorithm}, signature {facts.signing_algorithm}
      </Fact>
    </dl>
  );
}
