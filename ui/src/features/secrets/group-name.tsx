import { useQuery } from '@tanstack/react-query';
import { groupName, groupNamesQuery } from '../../ipc/groups';

/** What the group of a secret is called. */
export function GroupName({ id }: { id: string }) {
  const { data: names } = useQuery(groupNamesQuery);
  return groupName(names, id);
}
