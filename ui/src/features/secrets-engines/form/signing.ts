import { linesOf } from '../../../components/lines';
import { lifetimeFault, noLifetime, ttlText, type Lifetime } from '../../../components/lifetime';
import type { SigningOptions } from '../../../ipc/bindings';
import { filledSubject, subjectDraft, subjectNames, type SubjectDraft } from './subject';

/** How an authority is to be signed; what is blank is as its request or the one that signs says. */
export type SigningDraft = {
  ttl: Lifetime;
  /** `null`: as the authority allows. */
  pathLength: number | null;
  /** One domain per line. */
  domains: string;
  /** Whether subject and names are those of the request. */
  useValues: boolean;
  commonName: string;
  subject: SubjectDraft;
};

export const usualSigning: SigningDraft = {
  ttl: noLifetime('day'),
  pathLength: null,
  domains: '',
  useValues: false,
  commonName: '',
  subject: subjectDraft({}),
};

/** Names of the fields on the wire that the form shows. */
export const signingFields: readonly string[] = [
  'ttl',
  'max_path_length',
  'permitted_dns_domains',
  'common_name',
  ...subjectNames,
];

/** Whether it can be sent: Rust says what is wrong with it then. */
export function isSigningComplete({ ttl }: SigningDraft): boolean {
  return lifetimeFault(ttl) === null;
}

export function signingOptions(draft: SigningDraft): SigningOptions {
  const { pathLength } = draft;
  const ttl = ttlText(draft.ttl);
  const domains = linesOf(draft.domains);
  return {
    ...(ttl === null ? {} : { ttl }),
    ...(pathLength === null ? {} : { max_path_length: pathLength }),
    ...(domains.length === 0 ? {} : { permitted_dns_domains: domains }),
    ...(draft.useValues ? { use_csr_values: true } : ownSubject(draft)),
  };
}

function ownSubject({ commonName, subject }: SigningDraft): SigningOptions {
  const name = commonName.trim();
  return { ...(name === '' ? {} : { common_name: name }), ...filledSubject(subject) };
}
