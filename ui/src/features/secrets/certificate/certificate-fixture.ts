import type {
  CertificateComparison,
  CertificateDetails,
  CertificateFacts,
  ComparedCertificates,
  ManagedCsrView,
  SecretView,
  VersionView,
} from '../../../ipc/bindings';
import { secret, version } from '../secret-fixture';

/** A name as a stranger may write it into a certificate. */
export const hostile = '<img src=x onerror=alert(1)>';

/** What a certificate says, for unit tests. */
export function facts(commonName = 'www.example.com', over: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    subject: { text: `CN=${commonName}`, parts: [{ label: 'CN', value: commonName }], common_name: commonName },
    issuer: { text: 'CN=Example CA', parts: [{ label: 'CN', value: 'Example CA' }], common_name: 'Example CA' },
    self_issued: false,
    alt_names: [{ kind: 'dns', value: commonName }],
    alt_names_left_out: 0,
    not_before: '2026-01-01T00:00:00Z',
    not_after: '2099-03-31T23:59:59Z',
    serial_number: '38:eb:01',
    version: 3,
    key_algorithm: 'RSA2048',
    signing_algorithm: 'SHA256-RSA',
    sha256: `aa:bb:${commonName.length}`,
    sha1: 'cc:dd',
    key_usage: ['Digital signature'],
    extended_usage: ['TLS server'],
    ca: false,
    path_length: null,
    subject_key_id: null,
    authority_key_id: null,
    crl_urls: ['http://crl.example.com/ca.crl'],
    ocsp_urls: [],
    issuer_urls: [],
    policies: [],
    extensions: [{ name: 'Key usage', oid: '2.5.29.15', critical: true, value: 'Digital signature', note: null }],
    others_left_out: 0,
    ...over,
  };
}

export function certificateDetails(over: Partial<CertificateDetails> = {}): CertificateDetails {
  return { certificate: facts(), intermediates: [], private_key_included: true, revoked_at: null, findings: [], ...over };
}

type Imported = Extract<SecretView['metadata'], { secret_type: 'imported_cert' }>;

/** A secret with a certificate; `fields: false`: its request waits for one. */
export function certificateSecret(over: { fields?: boolean; csr?: ManagedCsrView; key?: boolean } = {}): SecretView {
  const made = secret('www');
  const fields = {
    common_name: 'www.example.com',
    alt_names: ['www.example.com'],
    issuer: 'CN=Example CA',
    serial_number: '38:eb:01',
    validity: { not_before: '2026-01-01T00:00:00Z', not_after: '2099-03-31T23:59:59Z' },
    key_algorithm: 'RSA2048',
    signing_algorithm: 'SHA256-RSA',
  };
  const metadata = {
    ...made.metadata,
    secret_type: 'imported_cert',
    intermediate_included: false,
    private_key_included: over.key ?? true,
    managed_csr: over.csr ?? null,
    ...(over.fields === false ? {} : { ...fields, expiration_date: fields.validity.not_after }),
  } as Imported;
  return { ...made, metadata };
}

type Private = Extract<SecretView['metadata'], { secret_type: 'private_cert' }>;

/** A secret whose certificate an authority of this instance signed. */
export function privateSecret(over: Partial<Private> = {}): SecretView {
  const imported = certificateSecret();
  const metadata = {
    ...imported.metadata,
    secret_type: 'private_cert',
    certificate_template: 'web',
    certificate_authority: 'issuing',
    rotation: { auto_rotate: false },
    csr_given: false,
    private_key_included: true,
    ...over,
  } as Private;
  return { ...imported, metadata };
}

export function certificateVersion(number: number, key: { id?: string; kept?: boolean } = {}): VersionView {
  const made = version(number, {
    binary: true,
    size: 4_000,
    key: { algorithm: 'RSA2048', id: key.id ?? 'aaaa', private_key_included: key.kept ?? true },
  });
  return {
    ...made,
    metadata: {
      ...made.metadata,
      secret_type: 'imported_cert',
      serial_number: `38:eb:0${number}`,
      validity: { not_before: '2026-01-01T00:00:00Z', not_after: '2099-03-31T23:59:59Z' },
      expiration_date: '2099-03-31T23:59:59Z',
    },
  };
}

export function compared(over: Partial<CertificateComparison> = {}): ComparedCertificates {
  return {
    old: facts(),
    new: facts(),
    comparison: {
      identical: false,
      names: { added: [], removed: [], kept: ['www.example.com'], left_out: 0 },
      same_key: true,
      key_algorithm: { old: 'RSA2048', new: 'RSA2048', weaker: false },
      signing_algorithm: { old: 'SHA256-RSA', new: 'SHA256-RSA', weaker: false },
      issuer: { old: 'CN=Example CA', new: 'CN=Example CA', same: true },
      serial_number: { old: '38:eb:01', new: '38:eb:02', same: false },
      intermediate: 'same',
      old_intermediate_signs: true,
      private_key: 'same',
      old_private_key_fits: true,
      validity: {
        old_not_before: '2026-01-01T00:00:00Z',
        old_not_after: '2098-03-31T23:59:59Z',
        new_not_before: '2026-02-01T00:00:00Z',
        new_not_after: '2099-03-31T23:59:59Z',
        ends_earlier: false,
      },
      usages: { lost: [], gained: [] },
      old_ca: false,
      new_ca: false,
      concerns: [],
      ...over,
    },
  };
}
