import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { commands } from './bindings';
import { useActiveInstance } from './instances';

/** Whether the active vault is served to programs on this computer, and where. */
export const apiAccessQuery = queryOptions({ queryKey: ['api_access'], queryFn: () => commands.getApiAccess() });

/** Where programs find the active instance, and whether it answers there; nothing until it is known. */
export function useServiceUrl(): { url: string; standing: 'serving' | 'off' | 'failed' } | null {
  const remote = useActiveInstance()?.remote ?? null;
  const { data: access } = useQuery({ ...apiAccessQuery, enabled: remote === null });
  if (remote) return { url: remote.service_url, standing: 'serving' };
  if (!access) return null;
  const standing = access.serving ? 'serving' : access.enabled ? 'failed' : 'off';
  return { url: access.url, standing };
}

/** The keys that programs come in with. */
export const apiKeysQuery = queryOptions({ queryKey: ['api_keys'], queryFn: () => commands.listApiKeys() });

/** Reads the keys again, after an action that changes them. */
export function refreshApiKeys(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
}

/** Where API v2 has a secret. */
export function secretUrl(serviceUrl: string, id: string): string {
  return `${serviceUrl}/api/v2/secrets/${id}`;
}
