import type { ListLocks } from '../../../ipc/bindings';

/** The orders of the list, by the words that stand in **Sort by**. */
export const lockOrders = [
  { key: 'name', words: 'Name, A to Z', sort: 'name', descending: false },
  { key: '-name', words: 'Name, Z to A', sort: 'name', descending: true },
  { key: '-created_at', words: 'Created, newest first', sort: 'created_at', descending: true },
  { key: 'created_at', words: 'Created, oldest first', sort: 'created_at', descending: false },
  { key: '-updated_at', words: 'Updated, newest first', sort: 'updated_at', descending: true },
  { key: 'updated_at', words: 'Updated, oldest first', sort: 'updated_at', descending: false },
] as const;

export type LockOrder = (typeof lockOrders)[number]['key'];

export const lockPage = 25;

/** What the list of locks shows: the order, the page, and the search box, which may hold what is no query yet. */
export type LockView = { order: LockOrder; page: number; searchText: string; search: string | null };

export const firstLockView: LockView = { order: 'name', page: 1, searchText: '', search: null };

export function lockQuery({ order, page, search }: LockView): ListLocks {
  const { sort, descending } = lockOrders.find(({ key }) => key === order) ?? lockOrders[0];
  return { offset: (page - 1) * lockPage, limit: lockPage, sort, descending, search };
}
