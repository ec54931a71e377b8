import { Accordion, Callout, Select, SelectItem, Stack } from '@carbon/react';
import { fieldError } from '../../../../../ipc/problem';
import { FoldedSection } from '../../../../../components/folded-section';
import { keyChoices } from './key-choice';
import type { RequestDraft } from './request';
import { nameFlags, RequestFlags, roleFlags } from './request-flags';
import { furtherTexts, nameTexts, RequestTexts, subjectTexts } from './request-texts';

type RequestFormProps = { request: RequestDraft; onChange: (request: RequestDraft) => void; error: unknown };

/** What a certificate signing request asks for, whose key the vault makes and keeps. */
export function RequestForm({ request, onChange, error }: RequestFormProps) {
  const shared = { request, onChange, error };
  const whole = fieldError(error, 'csr') ?? fieldError(error, 'managed_csr');
  const keyFault = fieldError(error, 'key_type') ?? fieldError(error, 'key_bits') ?? fieldError(error, 'private_key');
  const hidden = furtherTexts.map(({ field }) => fieldError(error, field)).find(Boolean);
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
      <RequestTexts asked={nameTexts} {...shared} />
      <RequestTexts asked={subjectTexts} {...shared} />
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
      <RequestFlags legend="Certificate roles" asked={roleFlags} request={request} onChange={onChange} />
      <Accordion size="md" align="start">
        <FoldedSection title="Further fields" fault={hidden}>
          <Stack gap={6}>
            <RequestFlags legend="Common name" asked={nameFlags} request={request} onChange={onChange} />
            <RequestTexts asked={furtherTexts} {...shared} />
          </Stack>
        </FoldedSection>
      </Accordion>
    </Stack>
  );
}
