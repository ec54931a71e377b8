import type { AuthorityFile } from '../../../ipc/bindings';
import type { Branch } from '../tree/tree';

/** What a dialog or panel is opened for. */
export type Opening =
  | 'details'
  | 'add-template'
  | 'bring-signed'
  | 'sign'
  | 'sign-csr'
  | 'rotate'
  | 'revoke'
  | 'edit'
  | 'delete';

/** What can be chosen in the menu of a row. */
export type ConfigurationAction = Opening | 'rotate-list' | { download: AuthorityFile };

export type OnAct = (action: ConfigurationAction, branch: Branch) => void;
