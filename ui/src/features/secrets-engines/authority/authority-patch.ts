import type { AuthorityPatch, ConfigurationPatch } from '../../../ipc/bindings';
import { ttlText, type Lifetime } from '../../../components/lifetime';

/** What can be changed about an authority. */
export type AuthorityEdit = { maxTtl: Lifetime; listOn: boolean; listExpiry: Lifetime };

/** What can be changed, by its names in the form. */
export const editLabels: Readonly<Record<keyof AuthorityEdit, string>> = {
  maxTtl: 'Maximum TTL',
  listOn: 'CRL building',
  listExpiry: 'CRL TTL',
};

/** What changed; `null`: nothing. */
export function authorityPatch(start: AuthorityEdit, edit: AuthorityEdit): ConfigurationPatch | null {
  const patch: AuthorityPatch = {};
  const maxTtl = ttlText(edit.maxTtl);
  const expiry = ttlText(edit.listExpiry);
  if (maxTtl !== ttlText(start.maxTtl)) patch.max_ttl = maxTtl;
  if (expiry !== ttlText(start.listExpiry)) patch.crl_expiry = expiry;
  if (edit.listOn !== start.listOn) patch.crl_disable = !edit.listOn;
  return Object.keys(patch).length > 0 ? { config_type: 'private_cert_configuration_ca', ...patch } : null;
}
