import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import type { AuthorityStatus } from '../../../ipc/bindings';
import { isTemplate, type PrivateConfiguration } from '../../../ipc/configurations';

type Shown = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

const statuses: Readonly<Record<AuthorityStatus, Shown>> = {
  configured: { word: 'Active', kind: 'succeeded' },
  signing_required: { word: 'Signing required', kind: 'pending' },
  signed_certificate_required: { word: 'Signing required', kind: 'pending' },
  certificate_template_required: { word: 'Certificate template required', kind: 'incomplete' },
  expired: { word: 'Expired', kind: 'failed' },
  revoked: { word: 'Revoked', kind: 'caution-major' },
};

/** Where an authority or template stands: an icon and a word. */
export function Status({ configuration }: { configuration: PrivateConfiguration }) {
  const { word, kind } = shown(configuration);
  return <IconIndicator kind={kind} label={word} />;
}

function shown(configuration: PrivateConfiguration): Shown {
  if (!isTemplate(configuration)) return statuses[configuration.status];
  return configuration.hindrance ? { word: 'Cannot issue', kind: 'caution-major' } : statuses.configured;
}
