import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';
import type { Finding, Severity } from '../../../../../ipc/bindings';
import { localMoments } from '../../../../../components/local-moments';

type Shown = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

const severities: Record<Severity, Shown> = {
  refused: { word: 'Refused', kind: 'failed' },
  warning: { word: 'Warning', kind: 'caution-minor' },
  note: { word: 'Note', kind: 'informative' },
};

/** What is to be said about the parts together, the worst first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="kt-findings" aria-label="Findings">
      {findings.map(({ part, severity, code, message, remedy }) => (
        <li key={`${part} ${code} ${message}`} className="kt-findings__finding">
          <IconIndicator kind={severities[severity].kind} label={severities[severity].word} />
          <span>
            <bdi>{localMoments(message)}</bdi> {remedy && localMoments(remedy)}
          </span>
        </li>
      ))}
    </ul>
  );
}
