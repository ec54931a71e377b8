import { Accordion, Callout, Select, SelectItem, Stack } from '@carbon/react';
import { fieldError } from '../../../../../ipc/problem';
import { FoldedSection } from '../../../../../components/folded-section';
import { keyChoices } from '../../../certificate/request/key-choice';
import { nameFlags, roleFlags, rolesLegend, type RequestFieldName } from '../../../certificate/request/request-words';
import type { RequestDraft } from './request';
import { RequestFlags } from './request-flags';
import { RequestTexts } from './request-texts';

const names: readonly RequestFieldName[] = ['common_name', 'alt_names', 'ip_sans', 'uri_sans'];
const subject: readonly RequestFieldName[] = ['organization', 'ou', 'country', 'province', 'locality'];
const further: readonly RequestFieldName[] = [
  'street_address',
  'postal_code',
  'user_ids',
  'other_sans',
  'key_usage',
  'ext_key_usage',
  'ext_key_usage_oids',
  'policy_identifiers',
];

type RequestFormProps = { request: RequestDraft; onChange: (request: RequestDraft) => void; error: unknown };

/** What a certificate signing request asks for, whose key the vault makes and keeps. */
export function RequestForm({ request, onChange, error }: RequestFormProps) {
  const shared = { request, onChange, error };
  const whole = fieldError(error, 'csr') ?? fieldError(error, 'managed_csr');
  const keyFault = fieldError(error, 'key_type') ?? fieldError(error, 'key_bits') ?? fieldError(error, 'private_key');
  const hidden = further.map((field) => fieldError(error, field)).find(Boolean);
  return (
    <Stack gap={6}>
      <Callout
        kind="info"
        lowContrast
        className="kt-problem"
        title="The secret starts as Pre-activation."
        subtitle="Download the CSR, have it signed, and bring the certificate back with Rotate."
      />
      {whole !== undefined && (
        <p className="kt-field__error" role="alert">
          {whole}
        </p>
      )}
      <RequestTexts asked={names} {...shared} optional />
      <RequestTexts asked={subject} {...shared} optional />
      <Select
        id="kt-csr-key"
        className="kt-field__short"
        labelText="Key algorithm"
        value={request.key}
        onChange={(event) => onChange({ ...request, key: event.target.value })}
        invalid={keyFault !== undefined}
        invalidText={keyFault ?? ''}
      >
        {keyChoices.map(({ id, words }) => (
          <SelectItem key={id} value={id} text={words} />
        ))}
      </Select>
      <RequestFlags legend={rolesLegend} asked={roleFlags} request={request} onChange={onChange} />
      <Accordion size="md" align="start">
        <FoldedSection title="Further fields" fault={hidden}>
          <Stack gap={6}>
            <RequestFlags legend="Common name" asked={nameFlags} request={request} onChange={onChange} />
            <RequestTexts asked={further} {...shared} />
          </Stack>
        </FoldedSection>
      </Accordion>
    </Stack>
  );
}
