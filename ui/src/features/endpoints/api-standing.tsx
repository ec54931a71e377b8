import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ApiAccess } from '../../ipc/bindings';

/** Whether the HTTP API is on: an icon and words. */
export function ApiStanding({ access }: { access: ApiAccess }) {
  const { enabled, serving, problem } = access;
  if (!enabled) return <IconIndicator kind="not-started" label="Off" />;
  if (serving) return <IconIndicator kind="succeeded" label="On" />;
  if (problem) return <IconIndicator kind="failed" label="Could not start" />;
  return <IconIndicator kind="in-progress" label="Starting" />;
}
