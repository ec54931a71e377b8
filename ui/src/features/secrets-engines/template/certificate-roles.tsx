import { Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from '../form/fault-within';
import { RuleList } from './rule-list';
import { keyUsages, roleSwitches } from './rule-names';
import { SwitchGroup } from './switch-group';
import type { TemplateSectionProps } from './template-section';

/** **Certificate roles**: what certificates are for. */
export function CertificateRoles(props: TemplateSectionProps) {
  const { draft, onChange, error } = props;
  // what the API put in stays, also if it is written in another way
  const usages = [...keyUsages, ...draft.keyUsage.filter((usage) => !keyUsages.includes(usage))];
  const fault = faultWithin(error, ['key_usage', 'ext_key_usage', 'ext_key_usage_oids']);
  return (
    <FoldedSection title="Certificate roles" fault={fault}>
      <Stack gap={5}>
        <SwitchGroup
          legend="Roles"
          switches={roleSwitches}
          on={(rule) => draft.switches[rule]}
          onChange={(rule, on) => onChange({ switches: { ...draft.switches, [rule]: on } })}
        />
        <SwitchGroup
          legend="Key usage"
          switches={usages.map((usage) => ({ rule: usage, label: usage }))}
          on={(usage) => draft.keyUsage.includes(usage)}
          onChange={(usage, on) => {
            const rest = draft.keyUsage.filter((other) => other !== usage);
            onChange({ keyUsage: on ? [...rest, usage] : rest });
          }}
          error={fieldError(error, 'key_usage')}
        />
        <RuleList {...props} rule="ext_key_usage" helperText="By name, such as TimeStamping or OCSPSigning." />
        <RuleList {...props} rule="ext_key_usage_oids" helperText="Object identifiers, such as 1.3.6.1.5.5.7.3.8." />
      </Stack>
    </FoldedSection>
  );
}
