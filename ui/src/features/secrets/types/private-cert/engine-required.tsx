import { Callout } from '@carbon/react';
import { EnginesLink } from '../engines-link';

/** There is no template, so nothing can be issued yet: what to do first. */
export function EngineRequired({ onEngines }: { onEngines: () => void }) {
  return (
    <div>
      <Callout
        kind="warning"
        lowContrast
        className="kt-problem"
        title="Engine configuration required"
        subtitle="A private certificate is made by a template of a certificate authority, and there is none yet. Create an authority and add a template to it first."
      />
      <EnginesLink onEngines={onEngines} />
    </div>
  );
}
