import { lifetimeWords, ttlSeconds, ttlText } from '../../../../components/lifetime';
import { linesOf } from '../../../../components/lines';
import { noAutoRotation, rotationWords } from '../../fields/auto-rotation';
import type { ReviewRow } from '../secret-type';
import { rotatesAlone, type NewIamCredentials } from './new-iam-credentials';

/** A lease as people say it: `30 days`; as it is on the wire where that cannot be read. */
export function leaseWords(ttl: string): string {
  const length = ttlSeconds(ttl);
  return length === null ? ttl : lifetimeWords(length);
}

/** What will be made in IAM, and for how long. */
export function reviewRows(draft: NewIamCredentials): ReviewRow[] {
  return [
    { label: 'Lease duration', value: leaseWords(ttlText(draft.ttl) ?? '') },
    draft.access === 'groups'
      ? { label: 'Access groups', value: linesOf(draft.groups).join(', ') }
      : { label: 'Service ID', value: draft.serviceId.trim() },
    { label: 'Account', value: draft.accountId.trim() || 'That of the configuration' },
    { label: 'Reuse IAM credentials until lease expires', value: draft.reuse ? 'On' : 'Off' },
    { label: 'Automatic rotation', value: rotationWords(rotatesAlone(draft) ? draft.rotation : noAutoRotation) },
  ];
}
