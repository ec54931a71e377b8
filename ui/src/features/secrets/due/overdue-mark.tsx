import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { Due } from '../../../ipc/bindings';
import { localMoments } from '../../../components/local-moments';

/** **Overdue** beside the state, with since when and why: on hover, and read out. */
export function OverdueMark({ due }: { due: Due | null | undefined }) {
  if (!due?.overdue) return null;
  const why = [`Due since ${localMoments(due.at)}.`, due.reason, due.hindrance].filter(Boolean).join(' ');
  return (
    <div className="kt-overdue" title={why}>
      <IconIndicator kind="caution-major" label="Overdue" />
      <span className="cds--visually-hidden">{why}</span>
    </div>
  );
}
