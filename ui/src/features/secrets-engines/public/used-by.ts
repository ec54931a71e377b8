import { count } from '../../../components/amounts';
import type { ConfigurationView } from '../../../ipc/bindings';

/** How many secrets are made with it; their names are in its details. */
export function usedBy({ used_total }: Pick<ConfigurationView, 'used_total'>): string {
  if (used_total === 0) return 'No secret';
  return used_total === 1 ? '1 secret' : `${count(used_total)} secrets`;
}
