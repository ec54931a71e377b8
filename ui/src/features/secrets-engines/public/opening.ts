import type { DnsProviderConfiguration, PublicAuthorityConfiguration, ViewOf } from '../../../ipc/configurations';

export type PublicView = ViewOf<PublicAuthorityConfiguration> | ViewOf<DnsProviderConfiguration>;

/** What can be chosen in the menu of a row. */
export type RowAction = 'view' | 'edit' | 'delete';

export type OnAct = (action: RowAction, view: PublicView) => void;
