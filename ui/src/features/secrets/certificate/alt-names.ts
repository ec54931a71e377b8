import type { AltName, AltNameKind } from '../../../ipc/bindings';

const kinds: Record<AltNameKind, string> = {
  dns: '',
  email: 'E-mail: ',
  ip: 'IP address: ',
  uri: 'URI: ',
  directory: 'Name: ',
  other: 'Other name: ',
  registered_id: 'Identifier: ',
};

/** Alternative names to read; a host name needs no word before it. */
export function altNameWords(names: readonly AltName[]): string[] {
  return names.map(({ kind, value }) => `${kinds[kind]}${value}`);
}
