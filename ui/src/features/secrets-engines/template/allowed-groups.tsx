import { FilterableMultiSelect } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { ProblemNotice } from '../../../components/problem-notice';
import { groupNamesQuery } from '../../../ipc/groups';

type AllowedGroupsProps = {
  /** Ids; none: all. */
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
  error: string | undefined;
};

/** **Allowed secret groups**: whose secrets may be made by the template. */
export function AllowedGroups({ chosen, onChoose, error }: AllowedGroupsProps) {
  const groups = useQuery(groupNamesQuery);
  const names = groups.data ?? {};
  const gone = chosen.filter((id) => !(id in names)).map((id) => ({ id, label: `Deleted group ${id}` }));
  const items = [...Object.entries(names).map(([id, label]) => ({ id, label })), ...(groups.data ? gone : [])];
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps a key from the dialog
    <div onKeyDown={keepEscape}>
      <FilterableMultiSelect
        id="kt-engine-groups"
        titleText="Allowed secret groups"
        placeholder={chosen.length === 0 ? 'All groups' : 'Choose groups'}
        helperText="Certificates can be made in these groups. None: in all."
        items={items}
        itemToString={(item) => item?.label ?? ''}
        // the names may come late, and the rules be read again
        selectedItems={items.filter(({ id }) => chosen.includes(id))}
        onChange={({ selectedItems }) => onChoose(selectedItems.map(({ id }) => id))}
        invalid={error !== undefined}
        invalidText={error ?? ''}
      />
      <ProblemNotice error={groups.error} action={{ label: 'Try again', run: () => void groups.refetch() }} />
    </div>
  );
}

/** Escape closes the open list, and not the dialog as well. */
function keepEscape(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'Escape' && event.currentTarget.querySelector('[aria-expanded="true"]')) event.stopPropagation();
}
