import type { AccountView, Acme, Authority, IamCredentialsConfiguration, LetsEncrypt, Rfc2136, Rules, Template } from './bindings';
import type {
  AuthorityConfiguration,
  DnsProviderConfiguration,
  IamConfiguration,
  PublicAuthorityConfiguration,
  TemplateConfiguration,
  ViewOf,
} from './configurations';

const made = {
  secret_type: 'private_cert',
  created_by: 'local:jo',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
} as const;

/** Nothing depends on it. */
const alone = { revision: '1', used_by: [], used_total: 0, outliving: [], outliving_total: 0 };

function authority(over: Partial<Authority>): Authority {
  return {
    common_name: 'Example Root',
    status: 'configured',
    expiration_date: '2099-01-02T03:04:05Z',
    key_type: 'rsa',
    key_bits: 2048,
    max_ttl_seconds: 31_536_000,
    crl_expiry_seconds: 259_200,
    crl_disable: false,
    crl_distribution_points_encoded: false,
    issuing_certificates_urls_encoded: false,
    max_path_length: -1,
    permitted_dns_domains: [],
    data: { certificate: '-----BEGIN CERTIFICATE-----\n', ca_chain: [], expiration: 4_070_995_445 },
    crl: { number: 1, this_update: '2026-01-02T03:04:05Z', next_update: '2099-01-05T03:04:05Z', revoked: 0 },
    revoke_hindrance: null,
    rotate_hindrance: null,
    ...over,
  };
}

/** A root authority as Rust hands it out, for unit tests. */
export function rootAuthority(name: string, over: Partial<Authority> = {}): ViewOf<AuthorityConfiguration> {
  return {
    configuration: { ...made, name, config_type: 'private_cert_configuration_root_ca', ...authority(over) },
    ...alone,
  };
}

/** An intermediate authority that `issuer` signed; elsewhere if that is `null`. */
export function intermediateAuthority(
  name: string,
  issuer: string | null,
  over: Partial<Authority> = {},
): ViewOf<AuthorityConfiguration> {
  const signing = issuer === null ? ({ signing_method: 'external' } as const) : { signing_method: 'internal' as const, issuer };
  return {
    configuration: {
      ...made,
      name,
      config_type: 'private_cert_configuration_intermediate_ca',
      ...authority({ common_name: 'Example Issuing', ...signing, ...over }),
    },
    ...alone,
  };
}

/** What a template allows where nothing is said, as Rust has it. */
export const usualRules: Rules = {
  ttl: '12h',
  allow_localhost: true,
  allowed_domains: [],
  allowed_domains_template: false,
  allow_bare_domains: false,
  allow_subdomains: false,
  allow_glob_domains: false,
  allow_wildcard_certificates: true,
  allow_any_name: false,
  enforce_hostnames: true,
  allow_ip_sans: true,
  allowed_uri_sans: [],
  allowed_other_sans: [],
  server_flag: true,
  client_flag: true,
  code_signing_flag: false,
  email_protection_flag: false,
  key_type: 'rsa',
  key_bits: 2048,
  key_usage: ['DigitalSignature', 'KeyAgreement', 'KeyEncipherment'],
  ext_key_usage: [],
  ext_key_usage_oids: [],
  use_csr_common_name: true,
  use_csr_sans: true,
  ou: [],
  organization: [],
  country: [],
  locality: [],
  province: [],
  street_address: [],
  postal_code: [],
  require_cn: true,
  policy_identifiers: [],
  basic_constraints_valid_for_non_ca: false,
  not_before_duration: '30s',
};

/** A template of an authority. */
export function certificateTemplate(
  name: string,
  certificate_authority: string,
  over: Partial<Template> = {},
): ViewOf<TemplateConfiguration> {
  return {
    configuration: {
      ...made,
      name,
      config_type: 'private_cert_configuration_template',
      certificate_authority,
      ...usualRules,
      ...over,
    },
    ...alone,
  };
}

const madePublic = { ...made, secret_type: 'public_cert' } as const;

/** An account that the first order will make. */
const newAccount: AccountView = { contact: [], account_key_algorithm: 'ECDSA256' };

/** Let's Encrypt as Rust hands it out. */
export function letsEncrypt(name: string, over: Partial<LetsEncrypt> = {}): ViewOf<PublicAuthorityConfiguration> {
  return {
    configuration: {
      ...madePublic,
      name,
      config_type: 'public_cert_configuration_ca_lets_encrypt',
      lets_encrypt_environment: 'production',
      ...newAccount,
      ...over,
    },
    ...alone,
  };
}

/** Another authority with an ACME directory. */
export function acmeAuthority(name: string, over: Partial<Acme> = {}): ViewOf<PublicAuthorityConfiguration> {
  return {
    configuration: {
      ...madePublic,
      name,
      config_type: 'public_cert_configuration_ca_acme',
      directory_url: 'https://acme.example.com:14000/dir',
      ...newAccount,
      ...over,
    },
    ...alone,
  };
}

/** A DNS provider by RFC 2136. */
export function dnsProvider(name: string, over: Partial<Rfc2136> = {}): ViewOf<DnsProviderConfiguration> {
  return {
    configuration: {
      ...madePublic,
      name,
      config_type: 'public_cert_configuration_dns_rfc2136',
      server: 'ns1.example.com',
      tsig_key_name: 'keyturn.example.com',
      tsig_algorithm: 'hmac-sha256',
      ...over,
    },
    ...alone,
  };
}

/** How IAM credentials are made. */
export function iamEngine(name = 'engine', over: Partial<IamCredentialsConfiguration> = {}): ViewOf<IamConfiguration> {
  return {
    configuration: {
      ...made,
      secret_type: 'iam_credentials',
      name,
      config_type: 'iam_credentials_configuration',
      disabled: false,
      iam_url: 'https://iam.cloud.ibm.com',
      ...over,
    },
    ...alone,
  };
}
