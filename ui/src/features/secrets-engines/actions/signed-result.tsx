import { InlineNotification, Stack } from '@carbon/react';
import { RelativeDate } from '../../../components/relative-date';
import type { ActionOutcome } from '../../../ipc/bindings';
import { PemText } from '../details/pem-text';

/** A certificate that was just signed, and what stands above it. */
export function SignedResult({ outcome }: { outcome: Extract<ActionOutcome, { kind: 'signed' }> }) {
  return (
    <Stack gap={5}>
      <p>
        Bring the certificate and its chain to whoever made the request. It expires{' '}
        <RelativeDate value={outcome.expiration} />.
      </p>
      <InlineNotification
        kind="warning"
        lowContrast
        hideCloseButton
        className="kt-problem"
        title="Copy it now: it is not kept."
      />
      <PemText label="Certificate" text={outcome.certificate} />
      <PemText label="Chain" text={outcome.ca_chain.join('')} />
    </Stack>
  );
}
