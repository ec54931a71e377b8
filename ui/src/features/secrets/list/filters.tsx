import { Button, Checkbox, Dropdown, FilterableMultiSelect, MultiSelect } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import type { ListSecrets, SecretType } from '../../../ipc/bindings';
import { stateWords } from '../../../components/state-tag';
import { labelsQuery } from '../queries';
import { secretTypes } from '../types/secret-types';
import { GroupFilter } from './group-filter';
import { countFilters } from './list-state';

type FiltersProps = {
  query: Required<ListSecrets>;
  onNarrow: (change: Partial<ListSecrets>) => void;
  onClear: () => void;
  /** Stands at their end. */
  children?: ReactNode;
};

type Choice<Value> = { id: string; label: string; value: Value };

const types: Choice<SecretType>[] = secretTypes.map(({ secretType, title }) => ({
  id: secretType,
  label: title,
  value: secretType,
}));
const states: Choice<number>[] = Object.entries(stateWords).map(([number, word]) => ({
  id: number,
  label: word,
  value: Number(number),
}));
const terms: Choice<number | null>[] = [
  { id: 'any', label: 'Expires: any time', value: null },
  ...[1, 10, 30, 60, 90, 365].map((days) => ({
    id: String(days),
    label: days === 1 ? 'Within 1 day' : `Within ${days} days`,
    value: days,
  })),
];
// more than a person reads; typing narrows it
const mostLabels = 100;

/** Narrows the list. Types, groups and states: any of the chosen; labels: all of them. */
export const Filters = memo(function Filters({ query, onNarrow, onClear, children }: FiltersProps) {
  const { data: labels = [] } = useQuery(labelsQuery);
  const chosen = new Set(query.match_all_labels);
  const known = [...new Set([...chosen, ...labels])].map((label) => ({ id: label, label, value: label }));

  return (
    <div className="kt-filters" role="group" aria-label="Filters">
      <MultiSelect
        id="kt-filter-type"
        className="kt-filters__filter"
        titleText="Type"
        hideLabel
        label="Type"
        items={types}
        itemToString={({ label }) => label}
        selectedItems={types.filter(({ value }) => query.secret_types.includes(value))}
        onChange={({ selectedItems }) => onNarrow({ secret_types: valuesOf(selectedItems) })}
      />
      <GroupFilter chosen={query.groups} onChoose={(groups) => onNarrow({ groups })} />
      <FilterableMultiSelect
        id="kt-filter-label"
        className="kt-filters__filter"
        titleText="Label"
        hideLabel
        placeholder="Label"
        items={known}
        itemToString={(item) => item?.label ?? ''}
        filterItems={(items, { inputValue }) =>
          items
            .filter(({ label }) => label.toLowerCase().includes((inputValue ?? '').toLowerCase()))
            .slice(0, mostLabels)
        }
        selectedItems={known.filter(({ value }) => chosen.has(value))}
        onChange={({ selectedItems }) => onNarrow({ match_all_labels: valuesOf(selectedItems) })}
      />
      <MultiSelect
        id="kt-filter-state"
        className="kt-filters__filter"
        titleText="State"
        hideLabel
        label="State"
        items={states}
        itemToString={({ label }) => label}
        selectedItems={states.filter(({ value }) => query.states.includes(value))}
        onChange={({ selectedItems }) => onNarrow({ states: valuesOf(selectedItems) })}
      />
      <Dropdown
        id="kt-filter-expires"
        className="kt-filters__filter"
        titleText="Expires within"
        hideLabel
        label="Expires within"
        items={terms}
        itemToString={(item) => item?.label ?? ''}
        selectedItem={terms.find(({ value }) => value === query.expires_within_days) ?? null}
        onChange={({ selectedItem }) => onNarrow({ expires_within_days: selectedItem?.value ?? null })}
      />
      <Checkbox
        id="kt-filter-overdue"
        className="kt-filters__overdue"
        labelText="Overdue"
        checked={query.overdue}
        onChange={(_, { checked }) => onNarrow({ overdue: checked })}
      />
      {children}
      {countFilters(query) > 0 && (
        <Button kind="ghost" size="md" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}, isSame);

/** Most changes of the query are letters in the search, which the filters do not show. */
function isSame(before: FiltersProps, after: FiltersProps): boolean {
  return (
    before.onNarrow === after.onNarrow &&
    before.onClear === after.onClear &&
    before.children === after.children &&
    before.query.secret_types === after.query.secret_types &&
    before.query.groups === after.query.groups &&
    before.query.match_all_labels === after.query.match_all_labels &&
    before.query.states === after.query.states &&
    before.query.expires_within_days === after.query.expires_within_days &&
    before.query.overdue === after.query.overdue
  );
}

function valuesOf<Value>(items: readonly Choice<Value>[] | null | undefined): Value[] {
  return (items ?? []).map(({ value }) => value);
}
