import { keyChoice } from '../../certificate/request/key-choice';
import { roleFlags, rolesLegend } from '../../certificate/request/request-words';
import type { ReviewRow } from '../secret-type';
import { Period } from './inspection/period';
import { shownName } from './inspection/shown-name';
import { inspectionOf } from './inspection/verdict';
import type { NewCertificate } from './new-certificate';
import { isGiven, partTitles, type PartDraft } from './parts/part';
import { partNames } from './parts/parts';
import { requestInput } from './request/request';

/** What will be added, without the private key. */
export function reviewRows({ way, parts, request }: NewCertificate): ReviewRow[] {
  if (way === 'managed') {
    const { common_name, alt_names, ip_sans, uri_sans, other_sans } = requestInput(request);
    const names = [alt_names, ip_sans, uri_sans, other_sans].filter(Boolean).join(', ');
    const roles = roleFlags.filter(({ flag }) => request.flags[flag]).map(({ label }) => label);
    return [
      { label: 'Certificate', value: 'Certificate Signing Request (CSR); the private key stays in the vault' },
      { label: 'Common name', value: common_name ?? '—' },
      { label: 'Alternative names', value: names || '—' },
      { label: 'Key algorithm', value: keyChoice(request.key).words },
      { label: rolesLegend, value: roles.join(', ') || '—' },
    ];
  }
  const certificate = inspectionOf(parts)?.certificate;
  return [
    ...partNames.map((name) => ({ label: partTitles[name], value: origin(parts[name]) })),
    ...(certificate
      ? [
          { label: 'Issued to', value: <bdi>{shownName(certificate.subject)}</bdi> },
          { label: 'Valid', value: <Period from={certificate.not_before} until={certificate.not_after} /> },
        ]
      : []),
  ];
}

function origin(part: PartDraft) {
  if (!isGiven(part)) return 'None';
  if (part.source === 'text') return 'Entered as text';
  return (
    <>
      From <bdi>{part.file?.name}</bdi>
    </>
  );
}
