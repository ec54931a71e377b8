import type { ManagedCsr } from '../../../../../ipc/bindings';
import { textFault } from '../../../../../components/text-fault';
import type { Missing } from '../../secret-type';
import { keyChoice } from './key-choice';

/** What is typed, by its name on the wire. */
export type RequestText =
  | 'common_name'
  | 'alt_names'
  | 'ip_sans'
  | 'uri_sans'
  | 'other_sans'
  | 'user_ids'
  | 'organization'
  | 'ou'
  | 'country'
  | 'province'
  | 'locality'
  | 'street_address'
  | 'postal_code'
  | 'key_usage'
  | 'ext_key_usage'
  | 'ext_key_usage_oids'
  | 'policy_identifiers';

/** What is ticked, by its name on the wire. */
export type RequestFlag =
  'server_flag' | 'client_flag' | 'code_signing_flag' | 'email_protection_flag' | 'require_cn' | 'exclude_cn_from_sans';

/** A certificate signing request while it is entered. */
export type RequestDraft = { texts: Record<RequestText, string>; flags: Record<RequestFlag, boolean>; key: string };

// as `ManagedCsr::default` of the contract
export const emptyRequest: RequestDraft = {
  texts: {
    common_name: '',
    alt_names: '',
    ip_sans: '',
    uri_sans: '',
    other_sans: '',
    user_ids: '',
    organization: '',
    ou: '',
    country: '',
    province: '',
    locality: '',
    street_address: '',
    postal_code: '',
    key_usage: 'DigitalSignature,KeyAgreement,KeyEncipherment',
    ext_key_usage: '',
    ext_key_usage_oids: '',
    policy_identifiers: '',
  },
  flags: {
    server_flag: true,
    client_flag: true,
    code_signing_flag: false,
    email_protection_flag: false,
    require_cn: true,
    exclude_cn_from_sans: false,
  },
  key: 'rsa-2048',
};

export const requestTexts = Object.keys(emptyRequest.texts) as RequestText[];

/** Names on the wire of what a refusal can be about. */
export const requestFields: readonly string[] = [...requestTexts, 'csr', 'managed_csr', 'key_type', 'key_bits'];

/** What is still missing, said at its field. */
export function requestMissing({ texts, flags }: RequestDraft): Missing {
  for (const field of requestTexts) {
    const fault = textFault(field, texts[field]);
    if (fault) return { field, message: `${fault.message} ${fault.remedy ?? ''}` };
  }
  if (texts.common_name.trim() !== '') return null;
  if (flags.require_cn) return { field: 'common_name', message: 'Enter a common name.' };
  const named = (['alt_names', 'ip_sans', 'uri_sans', 'other_sans'] as const).some((field) => texts[field].trim() !== '');
  return named ? null : { field: 'common_name', message: 'Enter a common name or an alternative name.' };
}

export function requestFilled(request: RequestDraft): boolean {
  return requestTexts.some((field) => request.texts[field] !== emptyRequest.texts[field]);
}

/** The request as it is sent. */
export function requestInput({ texts, flags, key }: RequestDraft): ManagedCsr {
  const { type, bits } = keyChoice(key);
  return {
    organization: entries(texts.organization),
    ou: entries(texts.ou),
    country: entries(texts.country),
    province: entries(texts.province),
    locality: entries(texts.locality),
    street_address: entries(texts.street_address),
    postal_code: entries(texts.postal_code),
    common_name: textOrNull(texts.common_name),
    alt_names: textOrNull(texts.alt_names),
    ip_sans: textOrNull(texts.ip_sans),
    uri_sans: textOrNull(texts.uri_sans),
    other_sans: textOrNull(texts.other_sans),
    user_ids: textOrNull(texts.user_ids),
    key_usage: textOrNull(texts.key_usage),
    ext_key_usage: textOrNull(texts.ext_key_usage),
    ext_key_usage_oids: textOrNull(texts.ext_key_usage_oids),
    policy_identifiers: textOrNull(texts.policy_identifiers),
    ...flags,
    key_type: type,
    key_bits: bits,
    rotate_keys: false,
  };
}

/** What stands between commas; `\,` is a comma within a name. */
export function entries(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((entry) => entry.replaceAll('\\,', ',').trim())
    .filter((entry) => entry !== '');
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
