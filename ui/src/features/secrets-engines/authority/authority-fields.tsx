import { Accordion, Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { LifetimeField } from '../../../components/lifetime-field';
import { LinesField } from '../../../components/lines-field';
import { TextField } from '../../../components/text-field';
import type { AuthorityConfiguration } from '../../../ipc/configurations';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from '../form/fault-within';
import { KeyField } from '../form/key-field';
import { ListFields } from '../form/list-fields';
import { NameField } from '../form/name-field';
import { PathLengthField } from '../form/path-length-field';
import { SubjectSection } from '../form/subject-section';
import type { AuthorityDraft } from './authority-draft';
import { KindFields } from './kind-fields';

type AuthorityFieldsProps = {
  draft: AuthorityDraft;
  onChange: (part: Partial<AuthorityDraft>) => void;
  authorities: readonly AuthorityConfiguration[];
  error: unknown;
};

/** Everything about a new authority. */
export function AuthorityFields({ draft, onChange, authorities, error }: AuthorityFieldsProps) {
  const root = draft.kind === 'root';
  const commonName = fieldError(error, 'common_name');
  return (
    <Stack gap={6}>
      <KindFields draft={draft} onChange={onChange} authorities={authorities} error={error} />
      <NameField name={draft.name} onChange={(name) => onChange({ name })} error={error} />
      <TextField
        id="kt-engine-common-name"
        labelText="Common name"
        helperText="4 to 128 characters. It stands in the certificate and in each that the authority signs."
        autoComplete="off"
        value={draft.commonName}
        onChange={(event) => onChange({ commonName: event.target.value })}
        invalid={commonName !== undefined}
        invalidText={commonName ?? ''}
      />
      <LifetimeField
        id="kt-engine-max-ttl"
        label="Maximum TTL"
        helperText="The longest life of a certificate that this authority signs."
        lifetime={draft.maxTtl}
        onChange={(maxTtl) => onChange({ maxTtl })}
        error={fieldError(error, 'max_ttl')}
      />
      {root && (
        <LifetimeField
          id="kt-engine-ttl"
          label="Validity"
          helperText="The life of the authority's own certificate."
          lifetime={draft.ttl}
          onChange={(ttl) => onChange({ ttl })}
          error={fieldError(error, 'ttl')}
        />
      )}
      <KeyField chosen={draft.key} onChange={(key) => onChange({ key })} error={error} />
      <Accordion size="md" align="start">
        {root && (
          <FoldedSection title="Constraints" fault={faultWithin(error, ['max_path_length', 'permitted_dns_domains'])}>
            <Stack gap={5}>
              <PathLengthField
                length={draft.pathLength}
                onChange={(pathLength) => onChange({ pathLength })}
                error={fieldError(error, 'max_path_length')}
              />
              <LinesField
                id="kt-engine-domains"
                label="Permitted DNS domains"
                helperText="Certificates below it may be for these alone. None: any."
                text={draft.domains}
                onChange={(domains) => onChange({ domains })}
                error={fieldError(error, 'permitted_dns_domains')}
              />
            </Stack>
          </FoldedSection>
        )}
        <SubjectSection subject={draft.subject} onChange={(subject) => onChange({ subject })} error={error} />
        <FoldedSection title="Revocation list" fault={faultWithin(error, ['crl_expiry'])}>
          <Stack gap={5}>
            <ListFields {...draft.list} onChange={(list) => onChange({ list })} error={error} />
          </Stack>
        </FoldedSection>
      </Accordion>
    </Stack>
  );
}
