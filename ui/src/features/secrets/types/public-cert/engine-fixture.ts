import type { ConfigurationView } from '../../../../ipc/bindings';

const made = {
  secret_type: 'public_cert',
  created_by: 'local:jo',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
} as const;
const alone = { revision: '1', used_by: [], used_total: 0, outliving: [], outliving_total: 0 };

/** A certificate authority that public certificates are ordered from, for unit tests. */
export function publicAuthority(name = 'staging'): ConfigurationView {
  return {
    configuration: {
      ...made,
      name,
      config_type: 'public_cert_configuration_ca_lets_encrypt',
      lets_encrypt_environment: 'staging',
      contact: [],
      account_key_algorithm: 'ECDSA256',
    },
    ...alone,
  };
}

/** A DNS provider that sets records by itself. */
export function dnsProvider(name = 'bind'): ConfigurationView {
  return {
    configuration: {
      ...made,
      name,
      config_type: 'public_cert_configuration_dns_rfc2136',
      server: '192.0.2.53',
      tsig_key_name: 'keyturn',
    },
    ...alone,
  };
}
