import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { commands, type Settings } from './bindings';

/** The settings of this program. */
export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: () => commands.getSettings() });

/** Saves a change of the program's settings, one after the other. */
export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'settings' },
    mutationFn: async (change: Partial<Settings>) => {
      const current = await client.query({ ...settingsQuery, staleTime: 'static' });
      return commands.setSettings({ ...current, ...change });
    },
    onSuccess: (saved) => client.setQueryData(settingsQuery.queryKey, saved),
  });
}
