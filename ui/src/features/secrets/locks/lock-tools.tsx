import { Search, Select, SelectItem } from '@carbon/react';
import { searchFault } from '../list/list-state';
import { lockOrders, type LockOrder, type LockView } from './lock-order';

type LockToolsProps = {
  view: LockView;
  /** With few locks there is nothing to look for. */
  searchable: boolean;
  onSearch: (text: string) => void;
  onSort: (order: LockOrder) => void;
};

/** Search and order of the list. */
export function LockTools({ view, searchable, onSearch, onSort }: LockToolsProps) {
  const fault = searchFault(view.searchText);
  return (
    <div className="kt-locks__tools">
      {searchable && (
        <div className="kt-locks__search">
          <Search
            size="md"
            labelText="Search locks"
            placeholder="Search by name"
            value={view.searchText}
            aria-describedby="kt-locks-search-hint"
            onChange={(event) => onSearch(event.target.value)}
          />
          <p
            id="kt-locks-search-hint"
            className={fault ? 'kt-locks__reason' : 'cds--visually-hidden'}
            aria-live="polite"
          >
            {fault}
          </p>
        </div>
      )}
      <Select
        id="kt-locks-sort"
        className="kt-locks__sort"
        size="md"
        labelText="Sort by"
        hideLabel={searchable}
        value={view.order}
        onChange={(event) => onSort(event.target.value as LockOrder)}
      >
        {lockOrders.map(({ key, words }) => (
          <SelectItem key={key} value={key} text={words} />
        ))}
      </Select>
    </div>
  );
}
