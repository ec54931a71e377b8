import type { KeyType, ManagedCsr, ManagedCsrView } from '../../../../ipc/bindings';

/** Fields of a request that are one text each; several entries are separated by commas. */
export const textFields = [
  'common_name',
  'alt_names',
  'ip_sans',
  'uri_sans',
  'other_sans',
  'user_ids',
  'key_usage',
  'ext_key_usage',
  'ext_key_usage_oids',
  'policy_identifiers',
] as const;
export type TextFieldName = (typeof textFields)[number];

/** Fields of a request that are lists; an entry may hold a comma. */
export const listFields = [
  'organization',
  'ou',
  'country',
  'locality',
  'province',
  'street_address',
  'postal_code',
] as const;
export type ListFieldName = (typeof listFields)[number];

/** Fields that show their own faults. */
export const requestFields: readonly string[] = [...textFields, ...listFields, 'key_type', 'key_bits'];

export const keySizes: Record<KeyType, readonly number[]> = {
  rsa: [2048, 3072, 4096, 8192],
  ec: [256, 384, 521],
  ed25519: [],
};

/** What a request asks for, without the request itself. */
export function requestOf(view: ManagedCsrView): ManagedCsr {
  const request: Partial<ManagedCsrView> = { ...view };
  delete request.csr;
  return request;
}

/** The request as it is sent: blank entries are none. */
export function sentRequest(request: ManagedCsr): ManagedCsr {
  const sent = { ...request };
  for (const field of textFields) {
    const text = request[field]?.trim();
    sent[field] = text === undefined || text === '' ? null : text;
  }
  for (const field of listFields) {
    sent[field] = (request[field] ?? []).map((entry) => entry.trim()).filter((entry) => entry !== '');
  }
  return sent;
}

export function isSameRequest(one: ManagedCsr, other: ManagedCsr): boolean {
  const [first, second] = [sentRequest(one), sentRequest(other)];
  const fields = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof ManagedCsr>;
  return [...fields].every((field) => JSON.stringify(first[field] ?? null) === JSON.stringify(second[field] ?? null));
}
