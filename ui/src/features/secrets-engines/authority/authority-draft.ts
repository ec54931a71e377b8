import type { NewConfiguration } from '../../../ipc/bindings';
import { linesOf } from '../../../components/lines';
import { lifetimeFault, ttlText, type Lifetime } from '../../../components/lifetime';
import { usualKey, type KeyChoice } from '../form/key-choice';
import { filledSubject, subjectDraft, subjectNames, type SubjectDraft } from '../form/subject';

/** What an authority is made as: a root, or an intermediate that is signed here or elsewhere. */
export type AuthorityKind = 'root' | 'internal' | 'external';

/** A new authority while it is entered. */
export type AuthorityDraft = {
  kind: AuthorityKind;
  name: string;
  commonName: string;
  /** Name of the authority that signs it, for internal signing. */
  issuer: string;
  maxTtl: Lifetime;
  /** Of a root: life of its own certificate. */
  ttl: Lifetime;
  /** Of a root; −1: any. */
  pathLength: number;
  /** Of a root: one domain per line. */
  domains: string;
  subject: SubjectDraft;
  key: KeyChoice;
  list: { on: boolean; expiry: Lifetime };
};

export const emptyAuthority: AuthorityDraft = {
  kind: 'root',
  name: '',
  commonName: '',
  issuer: '',
  maxTtl: { text: '8760', unit: 'hour' },
  ttl: { text: '3650', unit: 'day' },
  pathLength: -1,
  domains: '',
  subject: subjectDraft({}),
  key: usualKey,
  list: { on: true, expiry: { text: '72', unit: 'hour' } },
};

/** Names of the fields on the wire that the form shows. */
export const authorityFields: readonly string[] = [
  'name',
  'common_name',
  'issuer',
  'max_ttl',
  'ttl',
  'max_path_length',
  'permitted_dns_domains',
  ...subjectNames,
  'key_type',
  'key_bits',
  'crl_expiry',
];

/** Whether it can be sent: Rust says what is wrong with it then. */
export function isComplete({ kind, name, commonName, issuer, maxTtl, ttl, list }: AuthorityDraft): boolean {
  const lengths = [maxTtl, list.expiry, ...(kind === 'root' ? [ttl] : [])];
  if (lengths.some((length) => lifetimeFault(length) !== null) || maxTtl.text.trim() === '') return false;
  return name.trim() !== '' && commonName.trim() !== '' && (kind !== 'internal' || issuer !== '');
}

export function newAuthority(draft: AuthorityDraft): NewConfiguration {
  const { kind, name, commonName, issuer, list } = draft;
  const expiry = ttlText(list.expiry);
  const authority = {
    common_name: commonName.trim(),
    max_ttl: ttlText(draft.maxTtl) ?? '',
    ...draft.key,
    ...filledSubject(draft.subject),
    crl_disable: !list.on,
    ...(expiry === null ? {} : { crl_expiry: expiry }),
  };
  if (kind === 'root') {
    return {
      name,
      detail: {
        config_type: 'private_cert_configuration_root_ca',
        ...authority,
        ttl: ttlText(draft.ttl),
        max_path_length: draft.pathLength,
        permitted_dns_domains: linesOf(draft.domains),
      },
    };
  }
  return {
    name,
    detail: {
      config_type: 'private_cert_configuration_intermediate_ca',
      ...authority,
      signing_method: kind,
      ...(kind === 'internal' ? { issuer } : {}),
    },
  };
}
