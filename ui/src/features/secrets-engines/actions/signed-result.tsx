import { Stack } from '@carbon/react';
import { RelativeDate } from '../../../components/relative-date';
import type { ActionOutcome } from '../../../ipc/bindings';
import { PemText } from '../details/pem-text';

/** A certificate that was just signed, and what stands above it. */
export function SignedResult({ outcome }: { outcome: Extract<ActionOutcome, { kind: 'signed' }> }) {
  return (
    <Stack gap={5}>
      <p>
        Copy the certificate and its chain, and bring them to whoever made the request. It expires{' '}
        <RelativeDate value={outcome.expiration} />.
      </p>
      <PemText label="Certificate" text={outcome.certificate} />
      <PemText label="Chain" text={outcome.ca_chain.join('')} />
    </Stack>
  );
}
