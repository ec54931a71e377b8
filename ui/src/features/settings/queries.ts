import { queryOptions, skipToken } from '@tanstack/react-query';
import { commands } from '../../ipc/bindings';
import type { DnsDraft } from './dns-draft';

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

/** How records are looked up unless somebody changes it. */
export const defaultDnsLookupQuery = queryOptions({
  queryKey: ['default_dns_lookup'],
  queryFn: () => commands.defaultDnsLookup(),
  staleTime: Infinity,
});

/** What was changed of it and is not saved; kept while one looks at another page, and gone with the vault. */
export const dnsChangesQuery = queryOptions<Partial<DnsDraft>>({
  queryKey: ['dns_changes'],
  queryFn: skipToken,
  staleTime: Infinity,
  gcTime: Infinity,
});
