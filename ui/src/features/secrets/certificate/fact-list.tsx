import { Accordion } from '@carbon/react';
import type { CertificateFacts } from '../../../ipc/bindings';
import { CopyableId } from '../../../components/copyable-id';
import { Fact } from '../fact';
import { altNameWords } from './alt-names';
import { ExtensionList } from './extension-list';
import { LazyItem } from './lazy-item';
import { NameList } from './name-list';
import { Validity } from './validity';

type FactListProps = {
  facts: CertificateFacts;
  /** Which certificate, after the names of its buttons: " of intermediate 1". */
  of?: string;
  /** When it was revoked, if it was. */
  revokedAt?: string | null;
};

/** All that one certificate says. Strangers wrote it, so it is text and nothing else. */
export function FactList({ facts, of = '', revokedAt = null }: FactListProps) {
  const { subject, issuer, extensions } = facts;
  return (
    <div className="kt-certificate__facts">
      <dl className="kt-facts">
        <Fact label="Common name">{subject.common_name ?? 'None'}</Fact>
        <Fact label="Subject">{subject.text || 'Empty'}</Fact>
        <Fact label="Issuer">{facts.self_issued ? `${issuer.text || 'Empty'} (itself)` : issuer.text || 'Empty'}</Fact>
        <Fact label="Alternative names">
          <NameList
            label={`Alternative names${of}`}
            names={altNameWords(facts.alt_names)}
            leftOut={facts.alt_names_left_out}
          />
        </Fact>
        <Fact label="Valid">
          <Validity notBefore={facts.not_before} notAfter={facts.not_after} revokedAt={revokedAt} />
        </Fact>
        <Fact label="Serial number">
          <CopyableId label={`serial number${of}`} text={facts.serial_number} whole />
        </Fact>
        <Fact label="Key algorithm">{facts.key_algorithm}</Fact>
        <Fact label="Signature algorithm">{facts.signing_algorithm}</Fact>
        <Fact label="SHA-256 fingerprint">
          <CopyableId label={`SHA-256 fingerprint${of}`} text={facts.sha256} whole />
        </Fact>
        <Fact label="SHA-1 fingerprint">
          <CopyableId label={`SHA-1 fingerprint${of}`} text={facts.sha1} whole />
        </Fact>
        <Fact label="Key usage">{facts.key_usage?.join(', ') ?? 'Not limited'}</Fact>
        <Fact label="Extended key usage">{facts.extended_usage?.join(', ') ?? 'Not limited'}</Fact>
        <Fact label="Authority">{authorityWords(facts)}</Fact>
        <TextFact label="CRL" texts={facts.crl_urls} of={of} />
        <TextFact label="OCSP" texts={facts.ocsp_urls} of={of} />
        <TextFact label="Issuer's certificate" texts={facts.issuer_urls} of={of} />
        <TextFact label="Policies" texts={facts.policies} of={of} />
        {facts.others_left_out > 0 && <Fact label="Not listed">{facts.others_left_out} more entries of these lists</Fact>}
      </dl>
      {extensions.length > 0 && (
        <Accordion size="sm" align="start">
          <LazyItem title={`Extensions${of} (${extensions.length})`}>
            <ExtensionList extensions={extensions} />
          </LazyItem>
        </Accordion>
      )}
    </div>
  );
}

/** Addresses and the like, one below the other; absent where there are none. */
function TextFact({ label, texts, of }: { label: string; texts: readonly string[]; of: string }) {
  if (texts.length === 0) return null;
  return (
    <Fact label={label}>
      <NameList label={`${label}${of}`} names={texts} />
    </Fact>
  );
}

function authorityWords({ ca, path_length }: CertificateFacts): string {
  if (!ca) return 'No, it issues no certificates';
  if (path_length === null) return 'Yes';
  return `Yes, with at most ${path_length} authorities below it`;
}
