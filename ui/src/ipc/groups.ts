import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands, type SecretGroupView } from './bindings';

/** The group that every instance has, and where a secret goes unless another one is chosen. */
export const defaultGroup = 'default';

/** Every secret group of the active instance, `default` first. */
export const groupsQuery = queryOptions({ queryKey: ['secret_groups'], queryFn: () => commands.listGroups() });

/** What the groups are called, by id. It stays the same object as long as no name changes. */
export const groupNamesQuery = queryOptions({ ...groupsQuery, select: namesOf });

export type GroupNames = Readonly<Record<string, string>>;

/** The name of a group; its id where nobody knows the group (any more). */
export function groupName(names: GroupNames | undefined, id: string): string {
  return names?.[id] ?? id;
}

/** Reads the groups again, after an action that changes them. */
export function refreshGroups(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: groupsQuery.queryKey });
}

function namesOf(groups: readonly SecretGroupView[]): GroupNames {
  return Object.fromEntries(groups.map(({ group }) => [group.id, group.name]));
}
