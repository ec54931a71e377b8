import { commands } from '../../../ipc/bindings';
import { useShown } from './use-shown';

/** The value of a version while it is shown. */
export function useReveal(id: string, version: string) {
  return useShown(() => commands.revealVersion(id, version));
}
