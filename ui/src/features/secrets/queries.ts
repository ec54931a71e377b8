import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands, type ListSecrets } from '../../ipc/bindings';

const all = ['secrets'] as const;

/*
 * Nothing here outlives its view (`gcTime: 0`): Rust answers from memory, and a page of rows for
 * every letter that was ever searched would only grow the window.
 */

/** One page of the list. The page before stays visible until the next one is here. */
export const secretsQuery = (query: ListSecrets) =>
  queryOptions({
    queryKey: [...all, 'list', query],
    queryFn: () => commands.listSecrets(query),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

/** Every label that is in use. */
export const labelsQuery = queryOptions({
  queryKey: [...all, 'labels'],
  queryFn: () => commands.listLabels(),
  gcTime: 0,
});

/** A secret without its value. */
export const secretQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'secret', id], queryFn: () => commands.getSecret(id), gcTime: 0 });

/** The versions of a secret without their values. */
export const versionsQuery = (id: string) =>
  queryOptions({ queryKey: [...all, 'versions', id], queryFn: () => commands.listVersions(id), gcTime: 0 });

/** What a rotation would do. */
export const outlookQuery = (id: string) =>
  queryOptions({
    queryKey: ['rotation_outlook', id],
    queryFn: () => commands.previewRotation(id),
    gcTime: 0,
    staleTime: 0,
  });

/**
 * Reads everything about secrets again. The outlook of a rotation stays: a dialog works on what the
 * person saw, and a change in between comes back as a conflict that says so.
 */
export function refreshSecrets(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: all });
}
