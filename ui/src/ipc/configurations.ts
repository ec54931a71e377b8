import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands, type Configuration, type ConfigurationView } from './bindings';

export type AuthorityConfiguration = Extract<
  Configuration,
  { config_type: 'private_cert_configuration_root_ca' | 'private_cert_configuration_intermediate_ca' }
>;
export type TemplateConfiguration = Extract<Configuration, { config_type: 'private_cert_configuration_template' }>;
/** What private certificates are made with. */
export type PrivateConfiguration = AuthorityConfiguration | TemplateConfiguration;

/** An authority elsewhere that public certificates are ordered from. */
export type PublicAuthorityConfiguration = Extract<
  Configuration,
  { config_type: 'public_cert_configuration_ca_lets_encrypt' | 'public_cert_configuration_ca_acme' }
>;
/** Who sets the records of an order by itself. */
export type DnsProviderConfiguration = Extract<Configuration, { config_type: 'public_cert_configuration_dns_rfc2136' }>;

/** How IAM credentials are made. */
export type IamConfiguration = Extract<Configuration, { config_type: 'iam_credentials_configuration' }>;

/** A configuration of some types, with what a face needs besides. */
export type ViewOf<Kind extends Configuration> = ConfigurationView & { configuration: Kind };

/**
 * Every configuration of an engine. Read again with everything about secrets, which are what depends
 * on them.
 */
export const configurationsQuery = queryOptions({
  queryKey: ['secrets', 'configurations'],
  queryFn: () => commands.listConfigurations(),
});

/** Reads configurations again after an action on them, and with them what secrets can do now. */
export function refreshConfigurations(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['secrets'] });
}

/** An authority of this instance, which signs private certificates. */
export function isAuthority(configuration: Configuration): configuration is AuthorityConfiguration {
  return (
    configuration.config_type === 'private_cert_configuration_root_ca' ||
    configuration.config_type === 'private_cert_configuration_intermediate_ca'
  );
}

export function isTemplate(configuration: Configuration): configuration is TemplateConfiguration {
  return configuration.config_type === 'private_cert_configuration_template';
}

export function isPublicAuthority(configuration: Configuration): configuration is PublicAuthorityConfiguration {
  return (
    configuration.config_type === 'public_cert_configuration_ca_lets_encrypt' ||
    configuration.config_type === 'public_cert_configuration_ca_acme'
  );
}

export function isDnsProvider(configuration: Configuration): configuration is DnsProviderConfiguration {
  return configuration.config_type === 'public_cert_configuration_dns_rfc2136';
}

export function isIamEngine(configuration: Configuration): configuration is IamConfiguration {
  return configuration.config_type === 'iam_credentials_configuration';
}

/** Those of the views that are about configurations of some types. */
export function viewsOf<Kind extends Configuration>(
  views: readonly ConfigurationView[],
  is: (configuration: Configuration) => configuration is Kind,
): ViewOf<Kind>[] {
  return views.filter((view): view is ViewOf<Kind> => is(view.configuration));
}

export function isPrivate(configuration: Configuration): configuration is PrivateConfiguration {
  return isAuthority(configuration) || isTemplate(configuration);
}
