import type { AuthorityPatch, ConfigurationPatch } from '../../../ipc/bindings';
import { ttlText, type Lifetime } from '../../../components/lifetime';

/** What can be changed about an authority. */
export type AuthorityEdit = { maxTtl: Lifetime; list: { on: boolean; expiry: Lifetime } };

/** What changed; `null`: nothing. */
export function authorityPatch(start: AuthorityEdit, edit: AuthorityEdit): ConfigurationPatch | null {
  const patch: AuthorityPatch = {};
  const maxTtl = ttlText(edit.maxTtl);
  const expiry = ttlText(edit.list.expiry);
  if (maxTtl !== ttlText(start.maxTtl)) patch.max_ttl = maxTtl;
  if (expiry !== ttlText(start.list.expiry)) patch.crl_expiry = expiry;
  if (edit.list.on !== start.list.on) patch.crl_disable = !edit.list.on;
  return Object.keys(patch).length > 0 ? { config_type: 'private_cert_configuration_ca', ...patch } : null;
}
