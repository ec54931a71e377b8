import { Stack } from '@carbon/react';
import { FoldedSection } from '../../../components/folded-section';
import { LifetimeField } from '../../../components/lifetime-field';
import { fieldError } from '../../../ipc/problem';
import { faultWithin } from '../form/fault-within';
import { RuleList } from './rule-list';
import { requestSwitches } from './rule-names';
import { SwitchGroup } from './switch-group';
import type { TemplateSectionProps } from './template-section';

const units = ['second', 'minute', 'hour'] as const;

/** **Requests and policies**: what is taken from a given request, and what else certificates say. */
export function RequestSettings(props: TemplateSectionProps) {
  const { draft, onChange, error } = props;
  return (
    <FoldedSection
      title="Requests and policies"
      fault={faultWithin(error, ['policy_identifiers', 'not_before_duration'])}
    >
      <Stack gap={5}>
        <SwitchGroup
          legend="Requests"
          switches={requestSwitches}
          on={(rule) => draft.switches[rule]}
          onChange={(rule, on) => onChange({ switches: { ...draft.switches, [rule]: on } })}
        />
        <RuleList {...props} rule="policy_identifiers" helperText="Object identifiers of certificate policies." />
        <LifetimeField
          id="kt-rule-not-before"
          label="Not before duration"
          helperText="So long before now certificates are valid, because clocks differ."
          units={units}
          lifetime={draft.notBefore}
          onChange={(notBefore) => onChange({ notBefore })}
          error={fieldError(error, 'not_before_duration')}
        />
      </Stack>
    </FoldedSection>
  );
}
