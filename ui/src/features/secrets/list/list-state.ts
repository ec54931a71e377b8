import type { ListSecrets, ListState, SortKey } from '../../../ipc/bindings';
import { characterCount } from '../../../components/amounts';

export const pageSizes = [25, 50, 100, 200];
export const defaultColumns = ['name', 'type', 'group', 'state', 'expires', 'rotated', 'locks'];

const searchLimits = { shortest: 2, longest: 128 };

/** What the list shows: the query, and the search box, which may hold what is no query yet. */
export type ListView = {
  searchText: string;
  query: Required<ListSecrets>;
  columns: readonly string[];
};

const firstQuery: Required<ListSecrets> = {
  offset: 0,
  limit: 25,
  sort: { key: 'name', descending: false },
  search: null,
  groups: [],
  secret_types: [],
  match_all_labels: [],
  states: [],
  expires_within_days: null,
  overdue: false,
};

/** The list as it was left, or as it is at first. A state of another version may lack a part. */
export function restoredView(saved: ListState | null): ListView {
  const query = { ...firstQuery, ...saved?.query };
  return {
    query: {
      ...query,
      sort: query.sort ?? firstQuery.sort,
      limit: pageSizes.includes(query.limit) ? query.limit : firstQuery.limit,
    },
    searchText: query.search ?? '',
    columns: saved?.columns.includes('name') ? saved.columns : defaultColumns,
  };
}

/** What is kept for the next start. */
export function keptState({ query, columns }: ListView): ListState {
  return { query, columns: [...columns] };
}

/** Changes what is looked for; what was on page 7 before is nowhere now, so the first page shows. */
export function narrowed(view: ListView, change: Partial<ListSecrets>): ListView {
  return { ...view, query: { ...view.query, ...change, offset: 0 } };
}

/** Takes the search box; a text that cannot be searched for leaves the list unsearched. */
export function searched(view: ListView, searchText: string): ListView {
  const text = searchText.trim();
  const search = searchFault(text) === null && text !== '' ? text : null;
  if (search === view.query.search) return { ...view, searchText };
  return { ...narrowed(view, { search }), searchText };
}

/** Why the text is not searched for; `null`: it is, or there is none. */
export function searchFault(searchText: string): string | null {
  const text = searchText.trim();
  if (text === '') return null;
  if (!text.isWellFormed()) return 'The search text has a broken character. Type it again.';
  const characters = characterCount(text);
  if (characters < searchLimits.shortest) return `Type at least ${searchLimits.shortest} characters to search.`;
  if (characters > searchLimits.longest) return `Search text has at most ${searchLimits.longest} characters.`;
  return null;
}

/** Sorts by a column, or turns the order around if it is sorted by it. */
export function sortedBy(view: ListView, key: SortKey): ListView {
  const { sort } = view.query;
  return narrowed(view, { sort: { key, descending: sort?.key === key && !sort.descending } });
}

/** Whether a search or filter keeps secrets from being shown. */
export function isNarrowed({ query }: ListView): boolean {
  return query.search !== null || countFilters(query) > 0;
}

export function countFilters(query: ListSecrets): number {
  return [
    query.secret_types?.length,
    query.groups?.length,
    query.match_all_labels?.length,
    query.states?.length,
    query.expires_within_days === null ? 0 : 1,
    query.overdue,
  ].filter(Boolean).length;
}

/** Search, filters and order of a saved filter, from the first page on. */
export function applied(view: ListView, saved: ListSecrets): ListView {
  const { query, searchText } = restoredView({ query: saved, columns: [] });
  return { ...view, searchText, query: { ...query, limit: view.query.limit, offset: 0 } };
}

/** Everything again, in the order and with the columns that were chosen. */
export function cleared(view: ListView): ListView {
  const { secret_types, groups, match_all_labels, states, expires_within_days, overdue, search } = firstQuery;
  return {
    ...narrowed(view, { secret_types, groups, match_all_labels, states, expires_within_days, overdue, search }),
    searchText: '',
  };
}

/** Carbon counts pages, the query rows. */
export function pageOf(query: Required<ListSecrets>): number {
  return Math.floor(query.offset / query.limit) + 1;
}

export function paged(view: ListView, page: number, pageSize: number): ListView {
  return { ...view, query: { ...view.query, limit: pageSize, offset: (page - 1) * pageSize } };
}

/** The last page there is, for a page that emptied after a deletion or a restart. */
export function lastPage(view: ListView, total: number): ListView {
  const { limit } = view.query;
  return paged(view, Math.max(1, Math.ceil(total / limit)), limit);
}
