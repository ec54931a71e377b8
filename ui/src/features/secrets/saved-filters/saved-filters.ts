import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { commands, type SavedFilter } from '../../../ipc/bindings';
import { useAction } from '../../../components/use-action';

/** The filters that were given a name, by name. Only this window changes them. */
export const savedFiltersQuery = queryOptions({
  queryKey: ['saved_filters'],
  queryFn: () => commands.loadSavedFilters(),
});

/** Keeps a changed list of filters; says whether it is kept. */
export function useKeepFilters() {
  const client = useQueryClient();
  return useAction(async (change: (filters: readonly SavedFilter[]) => SavedFilter[]) => {
    const next = change(await client.query({ ...savedFiltersQuery, staleTime: 'static' }));
    await commands.saveSavedFilters(next);
    client.setQueryData(savedFiltersQuery.queryKey, next);
    return true;
  });
}

/** The list with this filter, in the place of one of its name. */
export function withFilter(filters: readonly SavedFilter[], filter: SavedFilter): SavedFilter[] {
  return [...withoutFilter(filters, filter.name), filter].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

export function withoutFilter(filters: readonly SavedFilter[], name: string): SavedFilter[] {
  return filters.filter((filter) => filter.name !== name);
}
