import { queryOptions } from '@tanstack/react-query';
import { commands } from '../../ipc/bindings';

/** The settings of the active vault. */
export const vaultSettingsQuery = queryOptions({
  queryKey: ['vault_settings'],
  queryFn: () => commands.getVaultSettings(),
});

/** How the active vault looks up the records of orders; stale with its other settings. */
export const dnsLookupQuery = queryOptions({
  queryKey: ['vault_settings', 'dns_lookup'],
  queryFn: () => commands.getDnsLookup(),
});
