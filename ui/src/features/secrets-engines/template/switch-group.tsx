import { Checkbox, CheckboxGroup } from '@carbon/react';

type SwitchGroupProps<Rule extends string> = {
  legend: string;
  switches: readonly { rule: Rule; label: string }[];
  on: (rule: Rule) => boolean;
  onChange: (rule: Rule, on: boolean) => void;
  helperText?: string;
  error?: string | undefined;
};

/** Rules that are on or off. */
export function SwitchGroup<Rule extends string>(props: SwitchGroupProps<Rule>) {
  const { legend, switches, on, onChange, helperText, error } = props;
  return (
    <CheckboxGroup
      legendText={legend}
      invalid={error !== undefined}
      invalidText={error ?? ''}
      {...(helperText === undefined ? {} : { helperText })}
    >
      {switches.map(({ rule, label }) => (
        <Checkbox
          key={rule}
          id={`kt-rule-${rule}`}
          labelText={label}
          checked={on(rule)}
          onChange={(_, { checked }) => onChange(rule, checked)}
        />
      ))}
    </CheckboxGroup>
  );
}
