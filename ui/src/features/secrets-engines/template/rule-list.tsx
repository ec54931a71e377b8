import { LinesField } from '../../../components/lines-field';
import { fieldError } from '../../../ipc/problem';
import { listLabels, type RuleList as Rule } from './rule-names';
import type { TemplateSectionProps } from './template-section';

type RuleListProps = TemplateSectionProps & { rule: Rule; helperText?: string };

/** A rule that is a list of texts. */
export function RuleList({ rule, helperText, draft, onChange, error }: RuleListProps) {
  return (
    <LinesField
      id={`kt-rule-${rule}`}
      label={listLabels[rule]}
      {...(helperText === undefined ? {} : { helperText })}
      text={draft.lists[rule]}
      onChange={(text) => onChange({ lists: { ...draft.lists, [rule]: text } })}
      error={fieldError(error, rule)}
    />
  );
}
