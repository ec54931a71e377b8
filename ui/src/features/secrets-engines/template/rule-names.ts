import type { Rules } from '../../../ipc/bindings';

/** The rules that are lists of texts, one per line. */
export const listLabels = {
  allowed_domains: 'Allowed domains',
  allowed_uri_sans: 'Allowed URI SANs',
  allowed_other_sans: 'Allowed other SANs',
  ext_key_usage: 'Extended key usage',
  ext_key_usage_oids: 'Extended key usage OIDs',
  policy_identifiers: 'Policy identifiers',
} as const satisfies Partial<Record<keyof Rules, string>>;

export type RuleList = keyof typeof listLabels;

export const ruleLists = Object.keys(listLabels) as RuleList[];

type Labelled<Name> = readonly { rule: Name; label: string }[];

export const domainSwitches = [
  { rule: 'allow_bare_domains', label: 'Allow bare domains' },
  { rule: 'allow_subdomains', label: 'Allow subdomains' },
  { rule: 'allow_glob_domains', label: 'Allow glob domains' },
  { rule: 'allow_wildcard_certificates', label: 'Allow wildcard certificates' },
  { rule: 'allow_any_name', label: 'Allow any name' },
  { rule: 'allow_localhost', label: 'Allow localhost' },
  { rule: 'enforce_hostnames', label: 'Enforce host names' },
  { rule: 'allow_ip_sans', label: 'Allow IP SANs' },
] as const satisfies Labelled<keyof Rules>;

export const roleSwitches = [
  { rule: 'server_flag', label: 'For servers' },
  { rule: 'client_flag', label: 'For clients' },
  { rule: 'code_signing_flag', label: 'For code signing' },
  { rule: 'email_protection_flag', label: 'For e-mail protection' },
] as const satisfies Labelled<keyof Rules>;

export const requestSwitches = [
  { rule: 'use_csr_common_name', label: 'Use the common name of the CSR' },
  { rule: 'use_csr_sans', label: 'Use the SANs of the CSR' },
  { rule: 'require_cn', label: 'Require a common name' },
  { rule: 'basic_constraints_valid_for_non_ca', label: 'Basic constraints for certificates that are no authority' },
] as const satisfies Labelled<keyof Rules>;

const allSwitches = [...domainSwitches, ...roleSwitches, ...requestSwitches];

/** Every switch of the form. */
export const ruleSwitches = allSwitches.map(({ rule }) => rule);

export const switchLabels: Readonly<Record<string, string>> = Object.fromEntries(
  allSwitches.map(({ rule, label }) => [rule, label]),
);

/** The key usages that a certificate of a template can have. */
export const keyUsages: readonly string[] = [
  'DigitalSignature',
  'ContentCommitment',
  'KeyEncipherment',
  'DataEncipherment',
  'KeyAgreement',
  'EncipherOnly',
  'DecipherOnly',
];
