import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { SecretView } from '../../../ipc/bindings';
import { StateTag } from '../../../components/state-tag';
import { orderStatus } from './issuance';

/** State of a secret and of its order; why an order failed is told on hover, and read out. */
export function SecretState({ secret }: { secret: SecretView }) {
  const { metadata, held_by_locks: held } = secret;
  const status = held ? null : orderStatus(metadata);
  if (!status) return <StateTag state={metadata.state} held={held} />;
  const { word, kind, reason } = status;
  return (
    <div {...(reason !== null && { title: reason })}>
      <IconIndicator kind={kind} label={word} />
      {reason !== null && <span className="cds--visually-hidden">{reason}</span>}
    </div>
  );
}
