import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import type { Finding, Severity } from '../../../ipc/bindings';
import { localMoments } from '../../../components/local-moments';

type Shown = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

const severities: Record<Severity, Shown> = {
  refused: { word: 'Fault', kind: 'failed' },
  warning: { word: 'Warning', kind: 'caution-minor' },
  note: { word: 'Note', kind: 'informative' },
};
const order: readonly Severity[] = ['refused', 'warning', 'note'];

/** What is to be said about a certificate, the worst first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  return (
    <ul aria-label="Findings" className="kt-certificate__findings">
      {sorted.map(({ severity, message, remedy }, place) => (
        <li key={`${place} ${message}`}>
          <IconIndicator kind={severities[severity].kind} label={severities[severity].word} />
          <p>{localMoments(remedy === null ? message : `${message} ${remedy}`)}</p>
        </li>
      ))}
    </ul>
  );
}
