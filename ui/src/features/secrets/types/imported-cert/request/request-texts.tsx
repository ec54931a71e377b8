import { fieldError } from '../../../../../ipc/problem';
import { TextField } from '../../../../../components/text-field';
import type { RequestDraft, RequestText } from './request';

type Asked = { field: RequestText; label: string; helperText?: string };

type RequestTextsProps = {
  asked: readonly Asked[];
  request: RequestDraft;
  onChange: (request: RequestDraft) => void;
  error: unknown;
};

/** Lines of a request. */
export function RequestTexts({ asked, request, onChange, error }: RequestTextsProps) {
  return asked.map(({ field, label, helperText }) => {
    const fault = fieldError(error, field);
    return (
      <TextField
        key={field}
        id={`kt-csr-${field}`}
        labelText={label}
        helperText={helperText ?? ''}
        autoComplete="off"
        spellCheck={false}
        value={request.texts[field]}
        onChange={(event) => onChange({ ...request, texts: { ...request.texts, [field]: event.target.value } })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
    );
  });
}

export const nameTexts: readonly Asked[] = [
  { field: 'common_name', label: 'Common name', helperText: 'The name the certificate is for, such as www.example.com.' },
  {
    field: 'alt_names',
    label: 'Alternative names (optional)',
    helperText: 'Host names or e-mail addresses. Separate several with commas.',
  },
  { field: 'ip_sans', label: 'IP addresses (optional)' },
  { field: 'uri_sans', label: 'URIs (optional)' },
];

export const subjectTexts: readonly Asked[] = [
  {
    field: 'organization',
    label: 'Organization (optional)',
    helperText: 'Separate several with commas; write \\, for a comma within a name.',
  },
  { field: 'ou', label: 'Organizational unit (optional)' },
  { field: 'country', label: 'Country (optional)', helperText: 'Two letters, such as DE.' },
  { field: 'province', label: 'State or province (optional)' },
  { field: 'locality', label: 'Locality (optional)' },
];

export const furtherTexts: readonly Asked[] = [
  { field: 'street_address', label: 'Street address' },
  { field: 'postal_code', label: 'Postal code' },
  { field: 'user_ids', label: 'User IDs' },
  { field: 'other_sans', label: 'Other alternative names', helperText: 'Each as <object identifier>;UTF8:<value>.' },
  { field: 'key_usage', label: 'Key usage', helperText: 'Such as DigitalSignature,KeyEncipherment.' },
  { field: 'ext_key_usage', label: 'Extended key usage', helperText: 'Besides the roles above, such as TimeStamping.' },
  { field: 'ext_key_usage_oids', label: 'Extended key usage by object identifier' },
  { field: 'policy_identifiers', label: 'Policy identifiers', helperText: 'Object identifiers.' },
];
