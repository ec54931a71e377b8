import { lifetimeWords, ttlSeconds, ttlText } from '../../../../components/lifetime';
import { linesOf } from '../../../../components/lines';
import { rotationWords } from '../../fields/auto-rotation';
import type { ReviewRow } from '../secret-type';
import { csrInput } from './csr';
import type { NewPrivateCert } from './new-private-cert';

/** What will be asked of the authority. */
export function reviewRows(draft: NewPrivateCert): ReviewRow[] {
  const names = [draft.altNames, draft.ips, draft.uris, draft.others].flatMap(linesOf);
  const seconds = ttlSeconds(ttlText(draft.ttl));
  return [
    { label: 'Certificate template', value: draft.template },
    { label: 'Common name', value: draft.commonName.trim() || '—' },
    { label: 'Alternative names', value: names.join(', ') || '—' },
    { label: 'TTL', value: seconds === null ? 'As the template says' : lifetimeWords(seconds) },
    {
      label: 'Private key',
      value: csrInput(draft.csr) === null ? 'Made and kept here' : 'Stays with you: a request is signed',
    },
    { label: 'Automatic rotation', value: rotationWords(draft.rotation) },
  ];
}
