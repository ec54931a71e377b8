import type { KeyType } from '../../../ipc/bindings';

/** Kind and size of a key. */
export type KeyChoice = { key_type: KeyType; key_bits: number };

/** The keys that authorities and templates can have. */
export const keyChoices: readonly KeyChoice[] = [
  { key_type: 'rsa', key_bits: 2048 },
  { key_type: 'rsa', key_bits: 4096 },
  { key_type: 'ec', key_bits: 256 },
  { key_type: 'ec', key_bits: 384 },
  { key_type: 'ec', key_bits: 521 },
];

export const usualKey: KeyChoice = { key_type: 'rsa', key_bits: 2048 };

// the usual size of each kind, where the wire leaves it out
const usualBits: Readonly<Record<KeyType, number>> = { rsa: 2048, ec: 256, ed25519: 256 };

export function keyChoice(key_type: KeyType, key_bits: number | null | undefined): KeyChoice {
  return { key_type, key_bits: key_bits ?? usualBits[key_type] };
}

/** `RSA 2048`. */
export function keyWords({ key_type, key_bits }: KeyChoice): string {
  return key_type === 'ed25519' ? 'Ed25519' : `${key_type.toUpperCase()} ${key_bits}`;
}
