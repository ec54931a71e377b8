import type { ManagedCsr } from '../../../../../ipc/bindings';
import { linesOf } from '../../../../../components/lines';
import { textFault } from '../../../../../components/text-fault';
import { keyChoice } from '../../../certificate/request/key-choice';
import type { RequestFieldName, RequestFlag } from '../../../certificate/request/request-words';
import type { Missing } from '../../secret-type';

/** A certificate signing request while it is entered. */
export type RequestDraft = {
  texts: Record<RequestFieldName, string>;
  flags: Record<RequestFlag, boolean>;
  key: string;
};

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

export const requestTexts = Object.keys(emptyRequest.texts) as RequestFieldName[];

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
    organization: linesOf(texts.organization),
    ou: linesOf(texts.ou),
    country: linesOf(texts.country),
    province: linesOf(texts.province),
    locality: linesOf(texts.locality),
    street_address: linesOf(texts.street_address),
    postal_code: linesOf(texts.postal_code),
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

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
