import { Accordion, Stack } from '@carbon/react';
import { LifetimeField } from '../../../components/lifetime-field';
import { fieldError } from '../../../ipc/problem';
import { KeyField } from '../form/key-field';
import { NameField } from '../form/name-field';
import { SubjectSection } from '../form/subject-section';
import { AllowedGroups } from './allowed-groups';
import { CertificateRoles } from './certificate-roles';
import { DomainSettings } from './domain-settings';
import { RequestSettings } from './request-settings';
import type { TemplateSectionProps } from './template-section';

/** Every rule of a template; its name too while it is new. */
export function TemplateFields({ named, ...props }: TemplateSectionProps & { named: boolean }) {
  const { draft, onChange, error } = props;
  return (
    <Stack gap={6}>
      {!named && <NameField name={draft.name} onChange={(name) => onChange({ name })} error={error} />}
      <AllowedGroups
        chosen={draft.groups}
        onChoose={(groups) => onChange({ groups })}
        error={fieldError(error, 'allowed_secret_groups')}
      />
      <LifetimeField
        id="kt-engine-max-ttl"
        label="Maximum TTL"
        helperText="The longest life of a certificate. Blank: as long as the authority allows."
        lifetime={draft.maxTtl}
        onChange={(maxTtl) => onChange({ maxTtl })}
        error={fieldError(error, 'max_ttl')}
      />
      <LifetimeField
        id="kt-engine-ttl"
        label="TTL"
        helperText="The life of a certificate where nothing else is asked for."
        lifetime={draft.ttl}
        onChange={(ttl) => onChange({ ttl })}
        error={fieldError(error, 'ttl')}
      />
      <KeyField chosen={draft.key} onChange={(key) => onChange({ key })} error={error} />
      <Accordion size="md" align="start">
        <DomainSettings {...props} />
        <CertificateRoles {...props} />
        <SubjectSection subject={draft.subject} onChange={(subject) => onChange({ subject })} error={error} />
        <RequestSettings {...props} />
      </Accordion>
    </Stack>
  );
}
