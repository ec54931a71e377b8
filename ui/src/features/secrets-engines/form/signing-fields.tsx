import { Accordion, Select, SelectItem, Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { LifetimeField } from '../../../components/lifetime-field';
import { LinesField } from '../../../components/lines-field';
import { TextField } from '../../../components/text-field';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from './fault-within';
import type { SigningDraft } from './signing';
import { SubjectSection } from './subject-section';

type SigningFieldsProps = {
  signing: SigningDraft;
  onChange: (part: Partial<SigningDraft>) => void;
  error: unknown;
};

const lengths = Array.from({ length: 11 }, (_, length) => length);

/** How an authority is to be signed. Its subject can be another one, unless that of the request is wanted. */
export function SigningFields({ signing, onChange, error }: SigningFieldsProps) {
  const pathLength = fieldError(error, 'max_path_length');
  const commonName = fieldError(error, 'common_name');
  return (
    <>
      <LifetimeField
        id="kt-engine-ttl"
        label="TTL"
        helperText="Blank: as long as the authority that signs allows."
        lifetime={signing.ttl}
        onChange={(ttl) => onChange({ ttl })}
        error={fieldError(error, 'ttl')}
      />
      <Select
        id="kt-engine-path"
        labelText="Maximum path length"
        value={signing.pathLength ?? ''}
        onChange={({ target }) => onChange({ pathLength: target.value === '' ? null : Number(target.value) })}
        invalid={pathLength !== undefined}
        invalidText={pathLength ?? ''}
      >
        <SelectItem value="" text="As the authority that signs allows" />
        {lengths.map((length) => (
          <SelectItem key={length} value={length} text={String(length)} />
        ))}
      </Select>
      {!signing.useValues && (
        <TextField
          id="kt-engine-common-name"
          labelText="Common name"
          helperText="Blank: that of the request."
          autoComplete="off"
          value={signing.commonName}
          onChange={(event) => onChange({ commonName: event.target.value })}
          invalid={commonName !== undefined}
          invalidText={commonName ?? ''}
        />
      )}
      <Accordion size="md" align="start">
        <FoldedSection title="Constraints" fault={faultWithin(error, ['permitted_dns_domains'])}>
          <Stack gap={5}>
            <LinesField
              id="kt-engine-domains"
              label="Permitted DNS domains"
              helperText="Certificates below it may be for these alone. None: any."
              text={signing.domains}
              onChange={(domains) => onChange({ domains })}
              error={fieldError(error, 'permitted_dns_domains')}
            />
          </Stack>
        </FoldedSection>
        {!signing.useValues && (
          <SubjectSection subject={signing.subject} onChange={(subject) => onChange({ subject })} error={error} />
        )}
      </Accordion>
    </>
  );
}
