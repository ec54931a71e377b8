import type { Configuration } from '../../../ipc/bindings';

type Deletion = {
  thing: string;
  /** What goes, and what stays. */
  effect: string;
  /** Stands above what depends on it. */
  dependents: string;
};

/** What it means to delete a configuration. */
export function deletionOf({ config_type }: Pick<Configuration, 'config_type'>): Deletion {
  switch (config_type) {
    case 'private_cert_configuration_root_ca':
    case 'private_cert_configuration_intermediate_ca':
      return {
        thing: 'authority',
        effect:
          'The authority goes with its private key and its revocation list. Certificates that it signed stay valid, and can no longer be revoked.',
        dependents: 'These depend on it, and cannot work without it:',
      };
    case 'private_cert_configuration_template':
      return {
        thing: 'template',
        effect: 'The template goes with its rules. Certificates that were issued by it stay valid.',
        dependents: 'These secrets are made by it, and cannot be rotated without it:',
      };
    case 'public_cert_configuration_ca_lets_encrypt':
    case 'public_cert_configuration_ca_acme':
      return {
        thing: 'authority',
        effect:
          'The authority goes with the private key of its account, which the authority itself keeps open. Certificates that were ordered from it stay valid.',
        dependents: 'These secrets are ordered from it, and cannot be rotated without it:',
      };
    case 'public_cert_configuration_dns_rfc2136':
      return {
        thing: 'provider',
        effect: 'The provider goes with its key. The DNS server and its records are not touched.',
        dependents: 'The records of these secrets are set by it, and they cannot be rotated without it:',
      };
    case 'iam_credentials_configuration':
      return {
        thing: 'configuration',
        effect:
          'The configuration goes with its API key, which stays valid in IAM until you delete it there. API keys that are still to be removed in IAM stay there.',
        dependents: 'API keys of these secrets are made and removed with it, so delete them first:',
      };
    case 'other':
      return {
        thing: 'configuration',
        effect: 'The configuration goes. This version of Keyturn does not know what that means for its type.',
        dependents: 'These depend on it, and cannot work without it:',
      };
  }
}
