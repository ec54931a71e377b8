import type { SecretMetadata } from '../../../../ipc/bindings';

/** A rotation while it is entered. */
export type PublicCertRotation = {
  /** Whether with a new key; `null` as long as nobody touched it: as the policy says. */
  newKeys: boolean | null;
  /** What is told of the secret; `null` as long as nothing is known. */
  of: { ca: string; dns: string; newKeys: boolean } | null;
};

export const emptyRotation: PublicCertRotation = { newKeys: null, of: null };

/** The draft beside the secret as it is now. */
export function followed(draft: PublicCertRotation, metadata: SecretMetadata): PublicCertRotation {
  if (metadata.secret_type !== 'public_cert') return draft;
  const { ca, dns, rotation } = metadata;
  return { ...draft, of: { ca, dns, newKeys: rotation.rotate_keys ?? false } };
}

/** Whether the new certificate has a new key. */
export function hasNewKeys({ newKeys, of }: PublicCertRotation): boolean {
  return newKeys ?? of?.newKeys ?? false;
}
