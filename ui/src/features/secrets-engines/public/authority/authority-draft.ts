import { linesOf, linesText } from '../../../../components/lines';
import type {
  AcmePatch,
  ConfigurationPatch,
  Environment,
  LetsEncryptPatch,
  NewConfiguration,
  Problem,
} from '../../../../ipc/bindings';
import type { PublicAuthorityConfiguration } from '../../../../ipc/configurations';
import { fieldProblem } from '../../../../ipc/problem';

/** Let's Encrypt in one of its environments, or another directory. */
export type AuthorityKind = Environment | 'acme';

/** An authority while it is entered or changed. */
export type AuthorityDraft = {
  kind: AuthorityKind;
  name: string;
  /** Of another directory. */
  directory: string;
  /** PEM. */
  root: string;
  /** Whether the key of the account is brought, and not made here. */
  ownKey: boolean;
  /** PEM; of an authority that is there: blank keeps the one it has. */
  accountKey: string;
  /** One address per line. */
  contact: string;
  chain: string;
  externalId: string;
  externalKey: string;
};

export const emptyAuthority: AuthorityDraft = {
  kind: 'production',
  name: '',
  directory: '',
  root: '',
  ownKey: false,
  accountKey: '',
  contact: '',
  chain: '',
  externalId: '',
  externalKey: '',
};

export const authorityLabels: Readonly<Record<keyof AuthorityDraft, string>> = {
  kind: 'Kind',
  name: 'Name',
  directory: 'Directory address',
  root: 'Root certificate',
  ownKey: 'Account',
  accountKey: 'Account key',
  contact: 'Contact',
  chain: 'Preferred chain',
  externalId: 'Key identifier',
  externalKey: 'HMAC key',
};

/** Names of the fields on the wire that the form shows. */
export function authorityFields({ kind, ownKey }: AuthorityDraft): readonly string[] {
  const acme = ['directory_url', 'root_certificate', 'external_account_key_id', 'external_account_hmac_key'];
  const key = kind === 'acme' ? 'private_key' : 'lets_encrypt_private_key';
  return [
    'name',
    'contact',
    ...(ownKey ? [key] : []),
    ...(kind === 'acme' ? [...acme, 'preferred_chain'] : ['lets_encrypt_preferred_chain']),
  ];
}

/** What a new one still lacks; `null`: it can be sent, and Rust says what is wrong with it. */
export function missing({ kind, name, directory, ownKey, accountKey }: AuthorityDraft): Problem | null {
  if (name.trim() === '') return fieldProblem('name', 'Enter a name.');
  if (kind === 'acme' && directory.trim() === '') {
    return fieldProblem('directory_url', 'Enter the address of the directory.');
  }
  if (!ownKey || accountKey.trim() !== '') return null;
  const field = kind === 'acme' ? 'private_key' : 'lets_encrypt_private_key';
  return fieldProblem(field, 'Enter the account key, or choose to have one made.');
}

export function newAuthority(draft: AuthorityDraft): NewConfiguration {
  const { kind, name } = draft;
  const contact = linesOf(draft.contact);
  const key = draft.ownKey ? filled(draft.accountKey) : null;
  const chain = filled(draft.chain);
  if (kind !== 'acme') {
    return {
      name,
      detail: {
        config_type: 'public_cert_configuration_ca_lets_encrypt',
        lets_encrypt_environment: kind,
        ...(key === null ? {} : { lets_encrypt_private_key: key }),
        ...(chain === null ? {} : { lets_encrypt_preferred_chain: chain }),
        contact,
      },
    };
  }
  const root = filled(draft.root);
  const externalId = filled(draft.externalId);
  const externalKey = filled(draft.externalKey);
  return {
    name,
    detail: {
      config_type: 'public_cert_configuration_ca_acme',
      directory_url: draft.directory.trim(),
      ...(root === null ? {} : { root_certificate: root }),
      ...(key === null ? {} : { private_key: key }),
      ...(chain === null ? {} : { preferred_chain: chain }),
      contact,
      ...(externalId === null ? {} : { external_account_key_id: externalId }),
      ...(externalKey === null ? {} : { external_account_hmac_key: externalKey }),
    },
  };
}

/** An authority as it is read. Its keys are not told, and a blank one stays as it is. */
export function authorityDraft(configuration: PublicAuthorityConfiguration): AuthorityDraft {
  const shared = {
    ...emptyAuthority,
    name: configuration.name,
    ownKey: true,
    contact: linesText(configuration.contact),
  };
  if (configuration.config_type === 'public_cert_configuration_ca_lets_encrypt') {
    return {
      ...shared,
      kind: configuration.lets_encrypt_environment,
      chain: configuration.lets_encrypt_preferred_chain ?? '',
    };
  }
  return {
    ...shared,
    kind: 'acme',
    directory: configuration.directory_url,
    root: configuration.root_certificate ?? '',
    chain: configuration.preferred_chain ?? '',
    externalId: configuration.external_account_key_id ?? '',
  };
}

/** What differs from the authority as it was read; empty text removes what can be absent. */
export function authorityPatch(start: AuthorityDraft, draft: AuthorityDraft): ConfigurationPatch {
  const { kind } = draft;
  const key = filled(draft.accountKey);
  const contact = draft.contact === start.contact ? {} : { contact: linesOf(draft.contact) };
  if (kind !== 'acme') {
    const patch: LetsEncryptPatch = { lets_encrypt_environment: kind, ...contact };
    if (key !== null) patch.lets_encrypt_private_key = key;
    if (draft.chain !== start.chain) patch.lets_encrypt_preferred_chain = draft.chain.trim();
    return { config_type: 'public_cert_configuration_ca_lets_encrypt', ...patch };
  }
  const patch: AcmePatch = { ...contact };
  if (key !== null) patch.private_key = key;
  if (draft.chain !== start.chain) patch.preferred_chain = draft.chain.trim();
  if (draft.root !== start.root) patch.root_certificate = draft.root.trim() === '' ? '' : draft.root;
  if (draft.externalId !== start.externalId) patch.external_account_key_id = draft.externalId.trim();
  const externalKey = filled(draft.externalKey);
  if (externalKey !== null) patch.external_account_hmac_key = externalKey;
  return { config_type: 'public_cert_configuration_ca_acme', ...patch };
}

function filled(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
