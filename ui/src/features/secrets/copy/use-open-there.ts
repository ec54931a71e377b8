import { useQueryClient } from '@tanstack/react-query';
import { commands } from '../../../ipc/bindings';
import { switchInstance } from '../../../ipc/instances';
import { useAction } from '../../../components/use-action';
import { askForDialog } from '../asked-dialog';

/** Makes the other instance the active one, and opens the details of the copy there. */
export function useOpenThere() {
  const client = useQueryClient();
  return useAction(async (instanceId: string, secretId: string) => {
    await commands.openInstance(instanceId);
    askForDialog({ action: 'details', secretId, instanceId });
    await switchInstance(client);
  });
}
