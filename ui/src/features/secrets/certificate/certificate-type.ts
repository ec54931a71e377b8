import type { ManagedCsrView, SecretMetadata, SecretType } from '../../../ipc/bindings';

/** The types whose value is a certificate. */
const certificateTypes: readonly SecretType[] = ['imported_cert', 'private_cert', 'public_cert'];

export function isCertificate(type: SecretType): boolean {
  return certificateTypes.includes(type);
}

/** Whether there is a certificate yet: a request waits for its answer. */
export function hasCertificate(metadata: SecretMetadata): boolean {
  return 'serial_number' in metadata && Boolean(metadata.serial_number);
}

/** Whether the private key of the current version is kept; a type that says nothing of it keeps it. */
export function keepsPrivateKey(metadata: SecretMetadata): boolean {
  return 'private_key_included' in metadata ? metadata.private_key_included : true;
}

/** When the certificate of the current version was revoked. */
export function revokedAt(metadata: SecretMetadata): string | null {
  return 'revocation_time_rfc3339' in metadata ? (metadata.revocation_time_rfc3339 ?? null) : null;
}

/** The request that the instance made and keeps the key of. */
export function managedCsrOf(metadata: SecretMetadata): ManagedCsrView | null {
  return 'managed_csr' in metadata ? (metadata.managed_csr ?? null) : null;
}
