import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { searchFault } from '../list/list-state';
import { locksQuery } from '../queries';
import { firstLockView, lockPage, lockQuery, type LockOrder } from './lock-order';

/** The list of locks as it is looked at: Rust searches, sorts and pages. */
export function useLockList(id: string) {
  const [view, setView] = useState(firstLockView);
  const query = useQuery(locksQuery(id, lockQuery(view)));
  const { data: page, isPlaceholderData } = query;

  // the last page emptied
  const strayed = page && !isPlaceholderData && page.items.length === 0 && page.total_count > 0;
  if (strayed) setView({ ...view, page: Math.ceil(page.total_count / lockPage) });

  function search(searchText: string): void {
    const text = searchText.trim();
    const wanted = text !== '' && searchFault(text) === null ? text : null;
    setView((now) => ({ ...now, searchText, search: wanted, page: wanted === now.search ? now.page : 1 }));
  }

  return {
    view,
    query,
    search,
    sort: (order: LockOrder) => setView((now) => ({ ...now, order, page: 1 })),
    turnTo: (number: number) => setView((now) => ({ ...now, page: number })),
  };
}
