import { FilterableMultiSelect } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { groupNamesQuery } from '../../../ipc/groups';

type GroupFilterProps = {
  /** Ids of the groups of which the secrets are shown; none: of all. */
  chosen: readonly string[];
  onChoose: (groups: string[]) => void;
};

/** Narrows the list to any of some groups. */
export function GroupFilter({ chosen, onChoose }: GroupFilterProps) {
  const { data: names = {} } = useQuery(groupNamesQuery);
  // a filter that was kept may name a group that is gone; it still is a filter
  const gone = chosen.filter((id) => !(id in names)).map((id) => ({ id, label: 'Deleted group' }));
  const items = [...Object.entries(names).map(([id, label]) => ({ id, label })), ...gone];
  return (
    <FilterableMultiSelect
      id="kt-filter-group"
      className="kt-filters__filter"
      titleText="Secret group"
      hideLabel
      placeholder="Secret group"
      items={items}
      itemToString={(item) => item?.label ?? ''}
      selectedItems={items.filter(({ id }) => chosen.includes(id))}
      onChange={({ selectedItems }) => onChoose(selectedItems.map(({ id }) => id))}
    />
  );
}
