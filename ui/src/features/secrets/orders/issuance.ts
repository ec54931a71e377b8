import type { IssuanceInfo, SecretMetadata } from '../../../ipc/bindings';

export type PublicCertMetadata = Extract<SecretMetadata, { secret_type: 'public_cert' }>;

/** The metadata of a certificate that is ordered; `null`: it is something else. */
export function publicCertOf(metadata: SecretMetadata): PublicCertMetadata | null {
  return metadata.secret_type === 'public_cert' ? metadata : null;
}

/** The newest order of a public certificate; `null`: there is none. */
export function issuanceOf(metadata: SecretMetadata): IssuanceInfo | null {
  return publicCertOf(metadata)?.issuance_info ?? null;
}

/** Whether an order is neither finished nor given up. */
export function isOrdering(metadata: SecretMetadata): boolean {
  return issuanceOf(metadata)?.state === pending;
}

/** Whether a person sets the records of its orders (API v2: `dns` is `manual`). */
export function isManual(metadata: SecretMetadata): boolean {
  return publicCertOf(metadata)?.dns === 'manual';
}

/** What the list says of an order beside the state; `null`: the state alone says it. */
export type OrderStatus = { word: string; kind: 'in-progress' | 'caution-major' | 'failed'; reason: string | null };

// numbers of `issuance_info.state`, as those of `state`
const pending = 0;
const failed = 3;

/** The state of a secret and that of its order in one word (API v2). */
export function orderStatus(metadata: SecretMetadata): OrderStatus | null {
  const order = issuanceOf(metadata);
  if (!order) return null;
  const reason = order.error_message ?? null;
  switch (order.state) {
    case pending:
      if (metadata.state === 1) return { word: 'Active, Rotation pending', kind: 'in-progress', reason: null };
      if (metadata.state === 5) return { word: 'Destroyed, Rotation pending', kind: 'failed', reason: null };
      return null;
    case failed:
      if (metadata.state === 1) return { word: 'Active, Rotation failed', kind: 'caution-major', reason };
      if (metadata.state === 3) return { word: 'Deactivated', kind: 'caution-major', reason };
      if (metadata.state === 5) return { word: 'Destroyed, Rotation failed', kind: 'failed', reason };
      return null;
    default:
      return null;
  }
}
