import { commands } from '../../../ipc/bindings';
import { byteSize } from '../../../components/amounts';
import { useToasts } from '../../../components/toasts';
import { useAction } from '../../../components/use-action';

/** Writes a value to a file that the person names in the native dialog. */
export function useSave(id: string) {
  const showToast = useToasts();
  return useAction(async (version: string) => {
    const saved = await commands.saveVersion(id, version);
    if (saved) showToast({ title: `Saved ${saved.name}`, subtitle: byteSize(saved.size) });
  });
}
