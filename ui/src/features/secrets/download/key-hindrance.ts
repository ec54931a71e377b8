import type { VersionView } from '../../../ipc/bindings';

/** Why the private key of a version cannot be had. */
export function keyHindrance({ number, key }: VersionView): string | null {
  return key?.private_key_included === false ? `Version ${number} has no private key.` : null;
}
