import { queryOptions } from '@tanstack/react-query';
import { commands } from './bindings';

/** Milliseconds: the instance tries again by itself, and a failed try is no change of a secret. */
const lookAfter = 5_000;

/** API keys that are still to be removed in IAM; read again with everything about secrets. */
export const pendingRemovalsQuery = queryOptions({
  queryKey: ['secrets', 'pending_removals'],
  queryFn: () => commands.pendingRemovals(),
  refetchInterval: lookAfter,
});
