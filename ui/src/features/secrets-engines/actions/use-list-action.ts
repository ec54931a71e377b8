import { useQueryClient } from '@tanstack/react-query';
import { byteSize } from '../../../components/amounts';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';
import { commands, type AuthorityFile, type Configuration } from '../../../ipc/bindings';
import { refreshConfigurations } from '../../../ipc/configurations';

/** What is done at once, without a dialog of ours: a download, or another revocation list. */
export function useListAction() {
  const client = useQueryClient();
  const showToast = useToasts();
  return useAction(async (action: 'rotate-list' | { download: AuthorityFile }, { name, config_type }: Configuration) => {
    if (action === 'rotate-list') {
      await commands.actOnConfiguration(config_type, name, {
        action_type: 'private_cert_configuration_action_rotate_crl',
      });
      await refreshConfigurations(client);
      showToast({ title: `Made the revocation list of ${name} anew` });
      return;
    }
    const saved = await commands.downloadAuthority(config_type, name, action.download);
    if (saved) showToast({ title: `Saved ${saved.name}`, subtitle: byteSize(saved.size) });
  });
}
