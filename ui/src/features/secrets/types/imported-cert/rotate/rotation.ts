import type { SecretMetadata } from '../../../../../ipc/bindings';
import { noParts, partNames, signedPartNames, type Parts } from '../parts/parts';

/** A rotation while it is entered. */
export type Rotation = {
  parts: Parts;
  /** Whether the vault made the request for it, and keeps the private key. */
  managed: boolean;
  /** When the secret last changed, as it was read. */
  since: string;
};

export const emptyRotation: Rotation = { parts: noParts, managed: false, since: '' };

/** The same beside the secret as it is now. */
export function followed(rotation: Rotation, metadata: SecretMetadata): Rotation {
  const managed = metadata.secret_type === 'imported_cert' && Boolean(metadata.managed_csr);
  return { ...rotation, managed, since: metadata.updated_at };
}

/** The parts that one brings. */
export function broughtBy({ managed }: Rotation) {
  return managed ? signedPartNames : partNames;
}
