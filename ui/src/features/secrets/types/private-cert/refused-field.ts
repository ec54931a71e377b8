import type { Problem } from '../../../../ipc/bindings';
import { isProblem } from '../../../../ipc/problem';
import { sentence } from '../../fields/checks';
import type { CsrDraft } from './csr';
import type { NewPrivateCert } from './new-private-cert';

/** The fields of the form, by their names on the wire. */
export type PrivateCertField =
  | 'certificate_template'
  | 'common_name'
  | 'alt_names'
  | 'ip_sans'
  | 'uri_sans'
  | 'other_sans'
  | 'csr'
  | 'ttl'
  | 'rotation';

// a rule of the template is shown where it is kept: at the field whose entry breaks it
const byTarget: Readonly<Record<string, PrivateCertField>> = {
  certificate_template: 'certificate_template',
  certificate_authority: 'certificate_template',
  secret_group_id: 'certificate_template',
  certificate: 'certificate_template',
  key_usage: 'certificate_template',
  ext_key_usage: 'certificate_template',
  ext_key_usage_oids: 'certificate_template',
  policy_identifiers: 'certificate_template',
  allowed_domains_template: 'certificate_template',
  ou: 'certificate_template',
  organization: 'certificate_template',
  country: 'certificate_template',
  locality: 'certificate_template',
  province: 'certificate_template',
  street_address: 'certificate_template',
  postal_code: 'certificate_template',
  common_name: 'common_name',
  require_cn: 'common_name',
  alt_names: 'alt_names',
  ip_sans: 'ip_sans',
  allow_ip_sans: 'ip_sans',
  uri_sans: 'uri_sans',
  allowed_uri_sans: 'uri_sans',
  other_sans: 'other_sans',
  allowed_other_sans: 'other_sans',
  csr: 'csr',
  file: 'csr',
  password: 'csr',
  key_type: 'csr',
  key_bits: 'csr',
  ttl: 'ttl',
  max_ttl: 'ttl',
  rotation: 'rotation',
};

const nameRules: readonly string[] = [
  'allowed_domains',
  'allow_bare_domains',
  'allow_subdomains',
  'allow_glob_domains',
  'allow_wildcard_certificates',
  'allow_any_name',
  'allow_localhost',
  'enforce_hostnames',
];

/** Targets that the field of the request shows by itself. */
export const csrTargets: readonly string[] = Object.keys(byTarget).filter((name) => byTarget[name] === 'csr');

const nameFields: readonly string[] = ['common_name', 'alt_names', 'ip_sans', 'uri_sans', 'other_sans'];

/** Every target that the form has a place for. */
export const privateCertTargets: readonly string[] = [...Object.keys(byTarget), ...nameRules];

/** The field that shows a refusal; absent if it is about none of them. */
export function refusedField({ code, target, message }: Problem, draft: NewPrivateCert): PrivateCertField | undefined {
  if (isAboutPassword(code)) return 'csr';
  const name = target?.name ?? '';
  if (!nameRules.includes(name)) return byTarget[name];
  // the rule is the same for both kinds of names, and the sentence says which of them broke it
  const field = message.startsWith('The alternative name') ? 'alt_names' : 'common_name';
  const entered = field === 'alt_names' ? draft.altNames : draft.commonName;
  return entered.trim() === '' && (draft.csr.file !== null || draft.csr.text !== '') ? 'csr' : field;
}

/** The sentence for a field. */
export function refusalAt(error: unknown, field: PrivateCertField, draft: NewPrivateCert): string | undefined {
  if (!isProblem(error) || refusedField(error, draft) !== field) return undefined;
  return words(error);
}

/** The sentence for the field of the request of a rotation, whose names can be mended nowhere else. */
export function csrRefusal(error: unknown, csr: CsrDraft): string | undefined {
  if (!isProblem(error)) return undefined;
  const name = error.target?.name ?? '';
  const isName = nameRules.includes(name) || nameFields.includes(byTarget[name] ?? '');
  const isPlaced = isAboutPassword(error.code) || csrTargets.includes(name) || (csr.wanted && isName);
  return isPlaced ? words(error) : undefined;
}

function isAboutPassword(code: string): boolean {
  return code === 'password_needed' || code === 'password_wrong';
}

/** A file with a request has no field for a password, as a request is no secret. */
function words(problem: Problem): string | undefined {
  return sentence(
    isAboutPassword(problem.code) ? { ...problem, remedy: 'Take a file with the request alone.' } : problem,
  );
}
