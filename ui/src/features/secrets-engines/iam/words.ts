import type { IamConfiguration } from '../../../ipc/configurations';

/** Whether credentials are made with it. */
export function standingWords({ disabled }: IamConfiguration): string {
  return disabled === true ? 'Disabled' : 'Enabled';
}

/** Where service IDs are made. */
export function accountWords({ account_id }: IamConfiguration): string {
  return account_id ?? 'That of the API key';
}
