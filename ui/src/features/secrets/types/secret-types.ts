import type { SecretType } from '../../../ipc/bindings';
import { arbitrary } from './arbitrary/arbitrary';
import type { SecretTypeModule } from './secret-type';

/** The types the window can do, in the order of their tiles. A new type is a folder and a line here. */
export const secretTypes: readonly SecretTypeModule[] = [arbitrary];

export function typeModule(type: SecretType): SecretTypeModule | undefined {
  return secretTypes.find(({ secretType }) => secretType === type);
}

/** The type in words; one that this window cannot do yet by its name on the wire. */
export function typeTitle(type: SecretType): string {
  return typeModule(type)?.title ?? type;
}
