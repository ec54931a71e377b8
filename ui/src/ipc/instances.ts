import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { commands, type ActiveInstance } from './bindings';

/** Which instances there are, and which of them is active. */
export const appStatusQuery = queryOptions({ queryKey: ['app_status'], queryFn: () => commands.appStatus() });

/** The instance one works in, as the frame has read it; nothing where there is no frame. */
export function useActiveInstance(): ActiveInstance | null {
  const { data } = useQuery({ ...appStatusQuery, enabled: false });
  return data?.active ?? null;
}

/** Why nothing can be changed now in the instance one works in; `null`: it answers. */
export function useOfflineReason(): string | null {
  return useActiveInstance()?.offline ? 'The instance cannot be reached.' : null;
}

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
