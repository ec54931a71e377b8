import { isTemplate, type AuthorityConfiguration, type PrivateConfiguration } from '../../../ipc/configurations';
import type { Branch } from './tree';

/** What kind of configuration it is, and who signed it. */
export function kindWords(configuration: PrivateConfiguration): string {
  if (isTemplate(configuration)) return 'Certificate template';
  if (configuration.config_type === 'private_cert_configuration_root_ca') return 'Root certificate authority';
  return 'Intermediate certificate authority';
}

/** Why an authority cannot sign now; `null`: it can. */
export function signingHindrance({ status }: AuthorityConfiguration): string | null {
  switch (status) {
    case 'signing_required':
    case 'signed_certificate_required':
      return 'It is not signed yet.';
    case 'expired':
      return 'Its certificate has expired.';
    case 'revoked':
      return 'Its certificate was revoked.';
    case 'configured':
    case 'certificate_template_required':
      return null;
  }
}

/** What is wrong around it, though not with it. */
export function warningOf({ view: { configuration }, parent }: Branch): string | null {
  if (isTemplate(configuration)) {
    const { hindrance } = configuration;
    return hindrance ? [hindrance.message, hindrance.remedy].filter(Boolean).join(' ') : null;
  }
  const { issuer } = configuration;
  if (!issuer) return null;
  if (!parent) return `The authority "${issuer}" that signed it is not there any more.`;
  if (isTemplate(parent.configuration)) return null;
  switch (parent.configuration.status) {
    case 'expired':
      return `The certificate of "${issuer}", which signed it, has expired.`;
    case 'revoked':
      return `The certificate of "${issuer}", which signed it, was revoked.`;
    default:
      return null;
  }
}
