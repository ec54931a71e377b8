import type { ReactNode } from 'react';
import type { CertificateFacts, CurrentCertificate, Inspection } from '../../../../../ipc/bindings';
import { Period } from '../inspection/period';
import { shownName } from '../inspection/shown-name';
import { isGiven } from '../parts/part';
import { ChangeTag } from './change-tag';
import { NameList } from './name-list';
import type { Rotation } from './rotation';

/** One thing of both versions; `null`: nothing is known of the new one yet. */
type Side = { label: string; before: ReactNode; after: ReactNode };

/** What is told of two versions side by side. */
export function sides(inspection: Inspection, current: CurrentCertificate, rotation: Rotation): Side[] {
  const { certificate: after, comparison } = inspection;
  const before = current.certificate;
  const hasKey = rotation.managed || isGiven(rotation.parts.private_key);
  const chain = after && (inspection.intermediates.length > 0 ? <Chain of={inspection.intermediates} /> : 'None');
  return [
    {
      label: 'Names',
      before: comparison ? (
        <NameList names={comparison.names.kept} others={comparison.names.removed} change="removed" />
      ) : (
        <NameList names={namesOf(before)} others={[]} change="removed" />
      ),
      after: comparison && (
        <NameList
          names={comparison.names.kept}
          others={comparison.names.added}
          change="added"
          leftOut={comparison.names.left_out}
        />
      ),
    },
    { label: 'Issuer', before: <bdi>{before.issuer.text}</bdi>, after: after && <bdi>{after.issuer.text}</bdi> },
    {
      label: 'Valid',
      before: <Period from={before.not_before} until={before.not_after} />,
      after: after && (
        <>
          <Period from={after.not_before} until={after.not_after} />
          {comparison?.validity.ends_earlier && <ChangeTag change="ends earlier" />}
        </>
      ),
    },
    { label: 'Serial number', before: before.serial_number, after: after?.serial_number },
    {
      label: 'Key',
      before: before.key_algorithm,
      after: after && (
        <>
          {after.key_algorithm}
          {comparison && <ChangeTag change={comparison.same_key ? 'same key' : 'new key'} />}
          {comparison?.key_algorithm.weaker && <ChangeTag change="weaker" />}
        </>
      ),
    },
    {
      label: 'Signature',
      before: before.signing_algorithm,
      after: after && (
        <>
          {after.signing_algorithm}
          {comparison?.signing_algorithm.weaker && <ChangeTag change="weaker" />}
        </>
      ),
    },
    {
      label: 'Chain',
      before: current.intermediates.length > 0 ? <Chain of={current.intermediates} /> : 'None',
      after: chain,
    },
    {
      label: 'Private key',
      before: current.private_key_included ? 'Included' : 'None',
      after: after && (hasKey ? 'Included' : 'None'),
    },
  ];
}

function Chain({ of }: { of: readonly CertificateFacts[] }) {
  return of.map(({ sha256, subject }, place) => (
    <span key={`${place} ${sha256}`} className="kt-sides__item">
      <bdi>{shownName(subject)}</bdi>
    </span>
  ));
}

function namesOf({ subject, alt_names }: CertificateFacts): string[] {
  const names = alt_names.map(({ value }) => value);
  return subject.common_name === null ? names : [...new Set([subject.common_name, ...names])];
}
