import type { Configuration } from '../../../../ipc/bindings';

/** The DNS provider that is a person (API v2). */
export const manual = 'manual';

/** Whether it is a certificate authority that public certificates are ordered from. */
export function isPublicAuthority({ config_type }: Configuration): boolean {
  return config_type.startsWith('public_cert_configuration_ca_');
}

/** Whether it is a DNS provider that sets records by itself. */
export function isDnsProvider({ config_type }: Configuration): boolean {
  return config_type.startsWith('public_cert_configuration_dns_');
}
