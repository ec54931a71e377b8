import type { KeyType } from '../../../../ipc/bindings';

/** A kind of key that can be made for a request. */
export type KeyChoice = { id: string; words: string; type: KeyType; bits: number | null };

export const keyChoices: readonly KeyChoice[] = [
  { id: 'rsa-2048', words: 'RSA 2048', type: 'rsa', bits: 2048 },
  { id: 'rsa-3072', words: 'RSA 3072', type: 'rsa', bits: 3072 },
  { id: 'rsa-4096', words: 'RSA 4096', type: 'rsa', bits: 4096 },
  { id: 'rsa-8192', words: 'RSA 8192', type: 'rsa', bits: 8192 },
  { id: 'ec-256', words: 'EC 256', type: 'ec', bits: 256 },
  { id: 'ec-384', words: 'EC 384', type: 'ec', bits: 384 },
  { id: 'ec-521', words: 'EC 521', type: 'ec', bits: 521 },
  { id: 'ed25519', words: 'Ed25519', type: 'ed25519', bits: null },
];

export function keyChoice(id: string): KeyChoice {
  return known(keyChoices.find((one) => one.id === id));
}

/** The one that a request has; its size may be absent, for the usual one of its kind. */
export function keyChoiceOf(type: KeyType | undefined, bits: number | null | undefined): KeyChoice {
  const fits = (size: number | null) => size === null || bits === null || bits === undefined || size === bits;
  return known(keyChoices.find((one) => one.type === (type ?? 'rsa') && fits(one.bits)));
}

function known(found: KeyChoice | undefined): KeyChoice {
  const choice = found ?? keyChoices[0];
  if (!choice) throw new Error('there is no kind of key');
  return choice;
}
