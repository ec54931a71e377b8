import { useQueryClient } from '@tanstack/react-query';
import { commands } from '../ipc/bindings';
import { switchInstance } from '../ipc/instances';
import { kindNames } from './instance-kind';
import { useAction } from './use-action';

/** Makes the throw-away vault with sample data and opens it. */
export function useSampleVault(onOpened: () => void) {
  const client = useQueryClient();
  return useAction(async () => {
    await commands.createVault({ name: kindNames.sample, sample: true, keyring: false, passphrase: null });
    await switchInstance(client);
    onOpened();
  });
}
