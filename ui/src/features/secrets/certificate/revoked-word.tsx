import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { SecretMetadata } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { revokedAt } from './certificate-type';

/** That a certificate was revoked: whoever looks at the list of its authority no longer trusts it. */
export function RevokedWord() {
  return <IconIndicator kind="caution-major" label="Revoked" />;
}

/** The same beside the state of a secret, with the date where there is room for it. */
export function RevokedMark({ metadata, dated = false }: { metadata: SecretMetadata; dated?: boolean }) {
  const at = revokedAt(metadata);
  if (!at) return null;
  return (
    <div className="kt-revoked">
      <RevokedWord />
      {dated && <RelativeDate value={at} />}
    </div>
  );
}
