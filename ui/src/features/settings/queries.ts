import { queryOptions } from '@tanstack/react-query';
import { commands } from '../../ipc/bindings';

/** The settings of the active vault. */
export const vaultSettingsQuery = queryOptions({
  queryKey: ['vault_settings'],
  queryFn: () => commands.getVaultSettings(),
});
