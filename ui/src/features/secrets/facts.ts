import type { RotationPolicy, SecretMetadata } from '../../ipc/bindings';

/** When the secret becomes unreadable, for the types that can expire. */
export function expirationOf(metadata: SecretMetadata): string | null {
  return 'expiration_date' in metadata ? (metadata.expiration_date ?? null) : null;
}

/** Whether and when the instance rotates it by itself, for the types that can. */
export function policyOf(metadata: SecretMetadata): RotationPolicy | null {
  return 'rotation' in metadata ? metadata.rotation : null;
}

/** When a value was last read; the wire says "never" with the epoch. */
export function lastAccessed(metadata: SecretMetadata): string | null {
  return new Date(metadata.retrieved_at).getTime() === 0 ? null : metadata.retrieved_at;
}

/** What an edit has to expect, and what a person calls it. */
export type SecretRef = { id: string; name: string };

/** The text form in which metadata is shown and edited. */
export function metadataText(metadata: Record<string, unknown> | null | undefined): string {
  if (!metadata || Object.keys(metadata).length === 0) return '';
  return JSON.stringify(metadata, null, 2);
}
