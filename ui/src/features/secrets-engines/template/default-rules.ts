import type { Rules } from '../../../ipc/bindings';

/** What a template allows where nothing is said, as `Rules` of the contract has it. */
export const defaultRules: Rules = {
  ttl: '12h',
  allow_localhost: true,
  allow_bare_domains: false,
  allow_subdomains: false,
  allow_glob_domains: false,
  allow_wildcard_certificates: true,
  allow_any_name: false,
  enforce_hostnames: true,
  allow_ip_sans: true,
  server_flag: true,
  client_flag: true,
  code_signing_flag: false,
  email_protection_flag: false,
  key_type: 'rsa',
  key_bits: 2048,
  key_usage: ['DigitalSignature', 'KeyAgreement', 'KeyEncipherment'],
  use_csr_common_name: true,
  use_csr_sans: true,
  require_cn: true,
  basic_constraints_valid_for_non_ca: false,
  not_before_duration: '30s',
};
