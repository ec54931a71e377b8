import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { commands, type EngineTab } from '../../ipc/bindings';

/** The engines, in the order of their tabs. */
export const engines = ['public', 'private', 'iam_credentials'] as const satisfies readonly EngineTab[];

const shownEngineQuery = queryOptions({
  queryKey: ['engine_tab'],
  queryFn: async () => (await commands.loadEngineTab()) ?? 'public',
});

/** Which engine the page shows, `null` until that is known; another visit finds the one that was left. */
export function useShownEngine(): [EngineTab | null, (engine: EngineTab) => void] {
  const client = useQueryClient();
  const { data, isPending } = useQuery(shownEngineQuery);

  function show(engine: EngineTab): void {
    client.setQueryData(shownEngineQuery.queryKey, engine);
    // a page that forgets its tab is not worth a message
    commands.saveEngineTab(engine).catch(() => undefined);
  }

  return [isPending ? null : (data ?? 'public'), show];
}
