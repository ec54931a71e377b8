import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { commands, type Configuration } from './bindings';

export type AuthorityConfiguration = Extract<
  Configuration,
  { config_type: 'private_cert_configuration_root_ca' | 'private_cert_configuration_intermediate_ca' }
>;
export type TemplateConfiguration = Extract<Configuration, { config_type: 'private_cert_configuration_template' }>;

/**
 * Every certificate authority and template. Read again with everything about secrets, which are what
 * depends on templates.
 */
export const configurationsQuery = queryOptions({
  queryKey: ['secrets', 'configurations'],
  queryFn: () => commands.listConfigurations(),
});

/** Reads authorities and templates again after an action on them, and with them what secrets can do now. */
export function refreshConfigurations(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['secrets'] });
}

export function isAuthority(configuration: Configuration): configuration is AuthorityConfiguration {
  return configuration.config_type !== 'private_cert_configuration_template';
}

export function isTemplate(configuration: Configuration): configuration is TemplateConfiguration {
  return configuration.config_type === 'private_cert_configuration_template';
}
