import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands } from './bindings';

/** Whether the active vault is served to programs on this computer, and where. */
export const apiAccessQuery = queryOptions({ queryKey: ['api_access'], queryFn: () => commands.getApiAccess() });

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
