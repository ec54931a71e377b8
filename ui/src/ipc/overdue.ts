import { queryOptions } from '@tanstack/react-query';
import { commands } from './bindings';

/** How many secrets are due for rotation. Read again with everything about secrets. */
export const overdueTotalQuery = queryOptions({
  queryKey: ['secrets', 'overdue_total'],
  queryFn: () => commands.overdueTotal(),
});
