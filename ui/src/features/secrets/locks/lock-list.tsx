import { Checkbox, Pagination } from '@carbon/react';
import type { RefObject } from 'react';
import type { Lock, Page } from '../../../ipc/bindings';
import { LockCard } from './lock-card';
import { lockPage, type LockView } from './lock-order';
import { chosen, lockKey, type Selection } from './selection';

type LockListProps = {
  secretName: string;
  page: Page<Lock>;
  view: LockView;
  selection: Selection;
  list: RefObject<HTMLUListElement | null>;
  onSelect: (selection: Selection) => void;
  onDelete: (lock: Lock, button: HTMLElement) => void;
  onPage: (page: number) => void;
};

/** One page of locks. */
export function LockList(props: LockListProps) {
  const { secretName, page, view, selection, list, onSelect, onDelete, onPage } = props;
  const { items, total_count: total } = page;
  const selected = items.filter((lock) => selection.has(lockKey(lock))).length;
  return (
    <>
      {items.length > 1 && (
        <Checkbox
          id="kt-locks-all"
          className="kt-locks__all"
          labelText={total > items.length ? 'Select all on this page' : 'Select all'}
          checked={selected === items.length}
          indeterminate={selected > 0 && selected < items.length}
          onChange={(_event, { checked }) => onSelect(chosen(selection, items, checked))}
        />
      )}
      {items.length === 0 && <p role="status">No lock has this in its name.</p>}
      <ul ref={list} className="kt-locks__list" tabIndex={-1} aria-label={`Locks of ${secretName}`}>
        {items.map((lock) => (
          <LockCard
            key={lockKey(lock)}
            lock={lock}
            selected={selection.has(lockKey(lock))}
            onSelect={(choose) => onSelect(chosen(selection, [lock], choose))}
            onDelete={(button) => onDelete(lock, button)}
          />
        ))}
      </ul>
      {total > lockPage && (
        <Pagination
          size="md"
          page={view.page}
          pageSize={lockPage}
          pageSizes={[lockPage]}
          pageSizeInputDisabled
          totalItems={total}
          itemRangeText={(min, max, all) => `${min}–${max} of ${all} locks`}
          onChange={({ page: number }) => onPage(number)}
        />
      )}
    </>
  );
}
