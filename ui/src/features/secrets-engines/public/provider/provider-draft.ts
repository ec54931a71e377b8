import type { ConfigurationPatch, NewConfiguration, Problem, Rfc2136Patch, TsigAlgorithm } from '../../../../ipc/bindings';
import type { DnsProviderConfiguration } from '../../../../ipc/configurations';
import { fieldProblem } from '../../../../ipc/problem';

/** A DNS provider by RFC 2136 while it is entered or changed. */
export type ProviderDraft = {
  name: string;
  server: string;
  /** Blank: that of each record. */
  zone: string;
  keyName: string;
  algorithm: TsigAlgorithm;
  /** Base64; of a provider that is there: blank keeps the one it has. */
  key: string;
};

export const emptyProvider: ProviderDraft = {
  name: '',
  server: '',
  zone: '',
  keyName: '',
  algorithm: 'hmac-sha256',
  key: '',
};

export const providerLabels: Readonly<Record<keyof ProviderDraft, string>> = {
  name: 'Name',
  server: 'Server',
  zone: 'Zone',
  keyName: 'Key name',
  algorithm: 'Algorithm',
  key: 'Key',
};

/** Names of the fields on the wire that the form shows. */
export const providerFields: readonly string[] = [
  'name',
  'server',
  'zone',
  'tsig_key_name',
  'tsig_algorithm',
  'tsig_secret',
];

/** What it still lacks; `null`: it can be sent, and Rust says what is wrong with it. */
export function missing({ name, server, keyName }: ProviderDraft): Problem | null {
  if (name.trim() === '') return fieldProblem('name', 'Enter a name.');
  if (server.trim() === '') return fieldProblem('server', 'Enter the name or address of the server.');
  return keyName.trim() === '' ? fieldProblem('tsig_key_name', 'Enter the name of the key.') : null;
}

/** The same of a new one, which has no key yet. */
export function missingOfNew(draft: ProviderDraft): Problem | null {
  return missing(draft) ?? (draft.key.trim() === '' ? fieldProblem('tsig_secret', 'Enter the key.') : null);
}

export function newProvider({ name, server, zone, keyName, algorithm, key }: ProviderDraft): NewConfiguration {
  return {
    name,
    detail: {
      config_type: 'public_cert_configuration_dns_rfc2136',
      server: server.trim(),
      ...(zone.trim() === '' ? {} : { zone: zone.trim() }),
      tsig_key_name: keyName.trim(),
      tsig_algorithm: algorithm,
      tsig_secret: key.trim(),
    },
  };
}

/** A provider as it is read. Its key is not told, and a blank one stays as it is. */
export function providerDraft(configuration: DnsProviderConfiguration): ProviderDraft {
  return {
    name: configuration.name,
    server: configuration.server,
    zone: configuration.zone ?? '',
    keyName: configuration.tsig_key_name,
    algorithm: configuration.tsig_algorithm ?? 'hmac-sha256',
    key: '',
  };
}

/** What differs from the provider as it was read; an empty zone removes it. */
export function providerPatch(start: ProviderDraft, draft: ProviderDraft): ConfigurationPatch {
  const patch: Rfc2136Patch = {};
  if (draft.server !== start.server) patch.server = draft.server.trim();
  if (draft.zone !== start.zone) patch.zone = draft.zone.trim();
  if (draft.keyName !== start.keyName) patch.tsig_key_name = draft.keyName.trim();
  if (draft.algorithm !== start.algorithm) patch.tsig_algorithm = draft.algorithm;
  if (draft.key.trim() !== '') patch.tsig_secret = draft.key.trim();
  return { config_type: 'public_cert_configuration_dns_rfc2136', ...patch };
}
