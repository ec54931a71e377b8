import type { SecretType } from '../../../ipc/bindings';
import { arbitrary } from './arbitrary/arbitrary';
import { customCredentials, serviceCredentials } from './credentials/credentials';
import { iamCredentials } from './iam-credentials/iam-credentials';
import { importedCert } from './imported-cert/imported-cert';
import { kv } from './kv/kv';
import { privateCert } from './private-cert/private-cert';
import { publicCert } from './public-cert/public-cert';
import type { RotatedTypeModule, SecretTypeModule } from './secret-type';
import { usernamePassword } from './username-password/username-password';

/** The types the window can do, in the order of their tiles. A new type is a folder and a line here. */
export const secretTypes: readonly SecretTypeModule[] = [
  arbitrary,
  usernamePassword,
  kv,
  importedCert,
  publicCert,
  privateCert,
  iamCredentials,
];

/** Types that only other instances make. */
export const readTypes: readonly RotatedTypeModule[] = [serviceCredentials, customCredentials];

export function typeModule(type: SecretType): RotatedTypeModule | undefined {
  return [...secretTypes, ...readTypes].find(({ secretType }) => secretType === type);
}

/** The type in words; one that this window cannot do yet by its name on the wire. */
export function typeTitle(type: SecretType): string {
  return typeModule(type)?.title ?? (type === 'other' ? 'Other' : type);
}
