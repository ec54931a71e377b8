import { Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { faultWithin } from '../form/fault-within';
import { RuleList } from './rule-list';
import { domainSwitches } from './rule-names';
import { SwitchGroup } from './switch-group';
import type { TemplateSectionProps } from './template-section';

/** **Domain settings**: the names that certificates may be for. */
export function DomainSettings(props: TemplateSectionProps) {
  const { draft, onChange, error } = props;
  const fault = faultWithin(error, ['allowed_domains', 'allowed_uri_sans', 'allowed_other_sans']);
  return (
    <FoldedSection title="Domain settings" fault={fault}>
      <Stack gap={5}>
        <RuleList
          {...props}
          rule="allowed_domains"
          helperText="The switches below say which names of a domain are meant."
        />
        <SwitchGroup
          legend="Names"
          switches={domainSwitches}
          on={(rule) => draft.switches[rule]}
          onChange={(rule, on) => onChange({ switches: { ...draft.switches, [rule]: on } })}
        />
        <RuleList {...props} rule="allowed_uri_sans" helperText="* stands for anything." />
        <RuleList
          {...props}
          rule="allowed_other_sans"
          helperText="An object identifier, ;UTF8: and a text. * stands for anything."
        />
      </Stack>
    </FoldedSection>
  );
}
