import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { CertificateComparison } from '../../../../ipc/bindings';
import { localMoments } from '../../../../components/local-moments';

/** What is worse than before, or that nothing is. */
export function ConcernList({ comparison }: { comparison: CertificateComparison }) {
  const { concerns } = comparison;
  if (concerns.length === 0) return <IconIndicator kind="succeeded" label="Nothing is worse than before." />;
  return (
    <ul aria-label="Concerns" className="kt-certificate__findings">
      {concerns.map(({ code, message }, place) => (
        <li key={`${place} ${code}`}>
          <IconIndicator kind="caution-major" label="Warning" />
          <p>{localMoments(message)}</p>
        </li>
      ))}
    </ul>
  );
}
