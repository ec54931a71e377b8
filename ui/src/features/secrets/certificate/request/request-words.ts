/** Fields of a request that are one text each, by their names on the wire; several entries are separated by commas. */
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

/** Fields of a request that are lists: an entry, which may hold a comma, a line. */
export const listFields = [
  'organization',
  'ou',
  'country',
  'province',
  'locality',
  'street_address',
  'postal_code',
] as const;
export type ListFieldName = (typeof listFields)[number];

export type RequestFieldName = TextFieldName | ListFieldName;

export function isListField(field: RequestFieldName): field is ListFieldName {
  return listFields.some((name) => name === field);
}

/** What the fields are called, wherever a request is entered. */
export const requestLabels: Readonly<Record<RequestFieldName, string>> = {
  common_name: 'Common name',
  alt_names: 'Alternative names',
  ip_sans: 'IP addresses',
  uri_sans: 'URIs',
  other_sans: 'Other alternative names',
  user_ids: 'User IDs',
  organization: 'Organization',
  ou: 'Organizational unit',
  country: 'Country',
  province: 'State or province',
  locality: 'Locality',
  street_address: 'Street address',
  postal_code: 'Postal code',
  key_usage: 'Key usage',
  ext_key_usage: 'Extended key usage',
  ext_key_usage_oids: 'Extended key usage by object identifier',
  policy_identifiers: 'Policy identifiers',
};

/** What belongs into them. That a list has a line for each entry is said by its field. */
export const requestHints: Readonly<Partial<Record<RequestFieldName, string>>> = {
  common_name: 'The name the certificate is for, such as www.example.com.',
  alt_names: 'Host names or e-mail addresses, separated by commas.',
  ip_sans: 'Separated by commas.',
  uri_sans: 'Separated by commas.',
  other_sans: 'Each as <object identifier>;UTF8:<value>, separated by commas.',
  user_ids: 'Separated by commas.',
  country: 'Two letters, such as DE.',
  key_usage: 'Such as DigitalSignature,KeyEncipherment.',
  ext_key_usage: 'Besides the certificate roles, such as TimeStamping.',
  ext_key_usage_oids: 'Separated by commas.',
  policy_identifiers: 'Object identifiers, separated by commas.',
};

export const rolesLegend = 'Certificate roles';

export const roleFlags = [
  { flag: 'server_flag', label: 'Server' },
  { flag: 'client_flag', label: 'Client' },
  { flag: 'code_signing_flag', label: 'Code signing' },
  { flag: 'email_protection_flag', label: 'E-mail protection' },
] as const;

export const nameFlags = [
  { flag: 'require_cn', label: 'Require a common name' },
  { flag: 'exclude_cn_from_sans', label: 'Leave the common name out of the alternative names' },
] as const;

/** What is ticked, by its name on the wire. */
export type RequestFlag = (typeof roleFlags)[number]['flag'] | (typeof nameFlags)[number]['flag'];
