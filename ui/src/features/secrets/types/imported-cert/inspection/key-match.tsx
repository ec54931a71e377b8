import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { KeyFacts } from '../../../../../ipc/bindings';

/** Whether the private key is that of the certificate. */
export function KeyMatch({ facts: { algorithm, matches } }: { facts: KeyFacts }) {
  if (matches === null) return <IconIndicator kind="informative" label={`A private key, ${algorithm}`} />;
  return matches ? (
    <IconIndicator kind="succeeded" label={`The private key belongs to the certificate (${algorithm})`} />
  ) : (
    <IconIndicator kind="failed" label={`The private key is another one (${algorithm})`} />
  );
}
