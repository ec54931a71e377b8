import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands } from './bindings';

/** Which instances there are, and which of them is active. */
export const appStatusQuery = queryOptions({ queryKey: ['app_status'], queryFn: () => commands.appStatus() });

/** How a vault unlocks. */
export const unlockMethodsQuery = (id: string) =>
  queryOptions({ queryKey: ['unlock_methods', id], queryFn: () => commands.unlockMethods(id) });

/** Reads again what the frame shows, after an action that changes it. */
export async function refreshInstances(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: appStatusQuery.queryKey }),
    client.invalidateQueries({ queryKey: ['unlock_methods'] }),
  ]);
}

/** The same after another instance became the active one: nothing of the former may stay. */
export async function switchInstance(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: ({ queryKey }) => !ofTheProgram.includes(queryKey[0]) });
  await refreshInstances(client);
}

const ofTheProgram: readonly unknown[] = ['app_status', 'settings'];
