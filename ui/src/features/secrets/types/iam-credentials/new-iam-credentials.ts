import { linesOf } from '../../../../components/lines';
import { lifetimeFault, ttlText, type Lifetime } from '../../../../components/lifetime';
import type { Configuration, NewIamCredentialsForm } from '../../../../ipc/bindings';
import { isIamEngine } from '../../../../ipc/configurations';
import { noAutoRotation, rotationFault, rotationPolicy, type AutoRotation } from '../../fields/auto-rotation';
import type { Missing } from '../secret-type';

/** Where the rights of a key come from. */
export type Access = 'groups' | 'service-id';

/** New IAM credentials while they are entered. */
export type NewIamCredentials = {
  ttl: Lifetime;
  access: Access;
  /** One id per line; kept, but not sent, while a service ID is named. */
  groups: string;
  /** The same the other way round. */
  serviceId: string;
  /** Blank: that of the configuration. */
  accountId: string;
  reuse: boolean;
  /** Kept, but not sent, while keys cannot be rotated. */
  rotation: AutoRotation;
};

export const emptyIamCredentials: NewIamCredentials = {
  ttl: { text: '30', unit: 'day' },
  access: 'groups',
  groups: '',
  serviceId: '',
  accountId: '',
  reuse: true,
  rotation: noAutoRotation,
};

/** Whether there is a configuration that credentials can be made with. */
export function hasIamEngine(configurations: readonly Configuration[]): boolean {
  return configurations.some((configuration) => isIamEngine(configuration) && configuration.disabled !== true);
}

/** Why the instance cannot rotate keys by itself; `null`: it can. */
export function rotationHindrance({ reuse, ttl }: Pick<NewIamCredentials, 'reuse' | 'ttl'>): string | null {
  if (!reuse) return 'Not while each reading makes an API key of its own: there is none that could be rotated.';
  return ttl.unit === 'minute' ? 'Not with a lease of minutes: an interval is one day at least.' : null;
}

/** Whether the instance rotates them. */
export function rotatesAlone(draft: NewIamCredentials): boolean {
  return draft.rotation.on && rotationHindrance(draft) === null;
}

/** What a lease lacks; `null`: nothing that could be told here. */
export function leaseFault(ttl: Lifetime): string | null {
  return ttlText(ttl) === null ? 'Enter how long an API key lives.' : lifetimeFault(ttl);
}

export function iamCredentialsMissing(draft: NewIamCredentials): Missing {
  const lease = leaseFault(draft.ttl);
  if (lease !== null) return { field: 'ttl', message: lease };
  if (draft.access === 'groups' && linesOf(draft.groups).length === 0)
    return { field: 'access_groups', message: 'Enter the id of at least one access group.' };
  if (draft.access === 'service-id' && draft.serviceId.trim() === '')
    return { field: 'service_id', message: 'Enter the service ID.' };
  const interval = rotatesAlone(draft) ? rotationFault(draft.rotation) : null;
  return interval === null ? null : { field: 'rotation', message: interval };
}

export function iamCredentialsFilled(draft: NewIamCredentials): boolean {
  return JSON.stringify(draft) !== JSON.stringify(emptyIamCredentials);
}

export function iamCredentialsForm(draft: NewIamCredentials): NewIamCredentialsForm {
  const groups = draft.access === 'groups';
  return {
    ttl: ttlText(draft.ttl) ?? '',
    access_groups: groups ? linesOf(draft.groups) : null,
    service_id: groups ? '' : draft.serviceId.trim(),
    account_id: draft.accountId.trim(),
    reuse_api_key: draft.reuse,
    rotation: rotatesAlone(draft) ? rotationPolicy(draft.rotation) : { auto_rotate: false },
  };
}
