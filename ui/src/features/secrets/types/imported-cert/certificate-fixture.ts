import type { CertificateComparison, CertificateFacts, CertificateFile, Inspection } from '../../../../ipc/bindings';
import { secret } from '../../secret-fixture';

/** A certificate as Rust decodes it, for unit tests. */
export function facts(name = 'shop.example', over: Partial<CertificateFacts> = {}): CertificateFacts {
  const named = (common_name: string) => ({ text: `CN=${common_name}`, parts: [], common_name });
  return {
    subject: named(name),
    issuer: named('Example CA'),
    self_issued: false,
    alt_names: [{ kind: 'dns', value: name }],
    alt_names_left_out: 0,
    not_before: '2026-01-01T00:00:00Z',
    not_after: '2099-01-01T00:00:00Z',
    serial_number: '38:eb:01',
    version: 3,
    key_algorithm: 'RSA2048',
    signing_algorithm: 'SHA256-RSA',
    sha256: `sha256 of ${name}`,
    sha1: `sha1 of ${name}`,
    key_usage: null,
    extended_usage: null,
    ca: false,
    path_length: null,
    subject_key_id: null,
    authority_key_id: null,
    crl_urls: [],
    ocsp_urls: [],
    issuer_urls: [],
    policies: [],
    extensions: [],
    others_left_out: 0,
    ...over,
  };
}

export const authority = facts('Example CA', { ca: true });

/** A PKCS#12 with everything in it. */
export const wholeFile: CertificateFile = {
  certificate: facts(),
  intermediates: [authority, facts('Example Root', { ca: true })],
  private_key: 'RSA2048',
};

export function inspection(over: Partial<Inspection> = {}): Inspection {
  return {
    certificate: null,
    intermediates: [],
    private_key: null,
    findings: [],
    problems: [],
    current: null,
    comparison: null,
    carry_private_key: false,
    carry_intermediate: false,
    ...over,
  };
}

export function comparison(over: Partial<CertificateComparison> = {}): CertificateComparison {
  const same = (text: string) => ({ old: text, new: text, same: true });
  return {
    identical: false,
    names: { added: [], removed: [], kept: ['shop.example'], left_out: 0 },
    same_key: true,
    key_algorithm: { old: 'RSA2048', new: 'RSA2048', weaker: false },
    signing_algorithm: { old: 'SHA256-RSA', new: 'SHA256-RSA', weaker: false },
    issuer: same('CN=Example CA'),
    serial_number: { old: '38:eb:01', new: '38:eb:02', same: false },
    intermediate: 'absent',
    old_intermediate_signs: false,
    private_key: 'now_missing',
    old_private_key_fits: true,
    validity: {
      old_not_before: '2026-01-01T00:00:00Z',
      old_not_after: '2099-01-01T00:00:00Z',
      new_not_before: '2026-01-01T00:00:00Z',
      new_not_after: '2099-01-01T00:00:00Z',
      ends_earlier: false,
    },
    usages: { lost: [], gained: [] },
    old_ca: false,
    new_ca: false,
    concerns: [],
    ...over,
  };
}

/** Metadata of a secret whose key the vault keeps. */
export const managedMetadata = {
  ...secret('shop').metadata,
  secret_type: 'imported_cert' as const,
  intermediate_included: false,
  private_key_included: false,
  managed_csr: { csr: '-----BEGIN CERTIFICATE REQUEST-----', common_name: 'shop.example' },
};
