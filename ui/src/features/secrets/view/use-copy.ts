import { commands } from '../../../ipc/bindings';
import { useAction } from '../../../components/use-action';
import { showCopied } from '../../../components/clipboard';

/** Copies a value without showing it. Rust does it, keeps it out of histories and clears it again. */
export function useCopy(id: string) {
  return useAction(async (version: string, what: string) => {
    const { seconds } = await commands.copyVersion(id, version);
    showCopied(what, seconds);
  });
}
