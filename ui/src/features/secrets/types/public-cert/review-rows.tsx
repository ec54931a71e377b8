import type { ReviewRow } from '../secret-type';
import { manual } from './engines';
import { namesOf, rotatesAlone, type NewPublicCert } from './new-public-cert';

/** What will be ordered, and how. */
export function reviewRows(draft: NewPublicCert): ReviewRow[] {
  return [
    { label: 'Common name', value: draft.commonName.trim() || '—' },
    { label: 'Alternative names', value: namesOf(draft.altNames).join(', ') || '—' },
    { label: 'Certificate authority', value: draft.ca },
    { label: 'DNS provider', value: draft.dns === manual ? 'Manual' : draft.dns },
    { label: 'Key algorithm', value: draft.algorithm },
    { label: 'Bundle certificates', value: draft.bundle ? 'On' : 'Off' },
    { label: 'Automatic rotation', value: rotatesAlone(draft) ? 'On' : 'Off' },
    { label: 'Rotate keys', value: draft.newKeys ? 'On' : 'Off' },
  ];
}
