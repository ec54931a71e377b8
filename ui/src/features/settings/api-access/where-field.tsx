import { FilterableMultiSelect, RadioButton, RadioButtonGroup, Stack } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { ProblemNotice } from '../../../components/problem-notice';
import { groupNamesQuery } from '../../../ipc/groups';
import type { KeyDraft } from './key-draft';

type WhereFieldProps = {
  where: KeyDraft['where'];
  groups: readonly string[];
  onChange: (part: Partial<KeyDraft>) => void;
  error: string | undefined;
};

/** The whole instance, or some of its secret groups. */
export function WhereField({ where, groups, onChange, error }: WhereFieldProps) {
  return (
    <Stack gap={5}>
      <RadioButtonGroup
        legendText="Where"
        name="kt-key-where"
        valueSelected={where}
        helperText="A key for secret groups sees no secret of another group, and cannot work on secrets engines."
        onChange={(chosen) => onChange({ where: chosen === 'groups' ? 'groups' : 'instance' })}
      >
        <RadioButton id="kt-key-instance" value="instance" labelText="Whole instance" />
        <RadioButton id="kt-key-groups" value="groups" labelText="Secret groups" />
      </RadioButtonGroup>
      {where === 'groups' && <Groups groups={groups} onChange={onChange} error={error} />}
    </Stack>
  );
}

function Groups({ groups, onChange, error }: Omit<WhereFieldProps, 'where'>) {
  const known = useQuery(groupNamesQuery);
  const items = Object.entries(known.data ?? {}).map(([id, label]) => ({ id, label }));
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps a key from the dialog
    <div onKeyDown={keepEscape}>
      <FilterableMultiSelect
        id="kt-key-group-list"
        titleText="Choose secret groups"
        placeholder="Choose"
        items={items}
        itemToString={(item) => item?.label ?? ''}
        selectedItems={items.filter(({ id }) => groups.includes(id))}
        onChange={({ selectedItems }) => onChange({ groups: selectedItems.map(({ id }) => id) })}
        invalid={error !== undefined}
        invalidText={error ?? ''}
      />
      <ProblemNotice error={known.error} action={{ label: 'Try again', run: () => void known.refetch() }} />
    </div>
  );
}

/** Escape closes the open list, and not the dialog as well. */
function keepEscape(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'Escape' && event.currentTarget.querySelector('[aria-expanded="true"]')) event.stopPropagation();
}
