import type { PendingRemoval } from '../../../ipc/bindings';
import type { IamConfiguration } from '../../../ipc/configurations';

/** Whether credentials are made with it. */
export function standingWords({ disabled }: IamConfiguration): string {
  return disabled === true ? 'Disabled' : 'Enabled';
}

/** Where service IDs are made. */
export function accountWords({ account_id }: IamConfiguration): string {
  return account_id ?? 'That of the API key';
}

/** Id of a key that is still to be removed. */
export function apiKeyWords({ api_key_id }: PendingRemoval): string {
  return api_key_id ?? 'Not known: its answer was lost';
}
