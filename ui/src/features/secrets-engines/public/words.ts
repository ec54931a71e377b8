import type { Environment, TsigAlgorithm } from '../../../ipc/bindings';
import type { DnsProviderConfiguration, PublicAuthorityConfiguration } from '../../../ipc/configurations';

export const environments: Readonly<Record<Environment, string>> = {
  production: "Let's Encrypt",
  staging: "Let's Encrypt (Staging)",
};

export const tsigAlgorithms: Readonly<Record<TsigAlgorithm, string>> = {
  'hmac-sha256': 'HMAC-SHA256',
  'hmac-sha384': 'HMAC-SHA384',
  'hmac-sha512': 'HMAC-SHA512',
};

/** What kind of configuration it is. */
export function kindOf(configuration: PublicAuthorityConfiguration | DnsProviderConfiguration): string {
  switch (configuration.config_type) {
    case 'public_cert_configuration_ca_lets_encrypt':
      return environments[configuration.lets_encrypt_environment];
    case 'public_cert_configuration_ca_acme':
      return 'ACME directory';
    case 'public_cert_configuration_dns_rfc2136':
      return 'RFC 2136';
  }
}

/** Host of a directory, with its port; the address as it is where it cannot be read. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Where the account with an authority stands. */
export function accountWords({ account_url }: PublicAuthorityConfiguration): string {
  return account_url ?? 'Made with the first order';
}
