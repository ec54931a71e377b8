import { Accordion, preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { DeploymentCheck } from '../../../ipc/bindings';
import { shortName } from '../certificate/chain';
import { FactList } from '../certificate/fact-list';
import { LazyItem } from '../certificate/lazy-item';
import { Fact } from '../fact';
import { verdictLines } from './verdict-words';

/** What a server shows, against what it should show. */
export function VerdictView({ check }: { check: DeploymentCheck }) {
  const { asked, verdict } = check;
  const { serves, address, server_name, tls_version } = verdict;
  return (
    <div className="kt-verdict kt-certificate">
      <ul aria-label="Result" className="kt-verdict__lines">
        {verdictLines(verdict).map(({ words, kind }) => (
          <li key={words}>
            <IconIndicator kind={kind} label={words} />
          </li>
        ))}
      </ul>
      <dl className="kt-facts">
        <Fact label="Asked">{asked}</Fact>
        <Fact label="Server name">{server_name}</Fact>
        <Fact label="Address">{address}</Fact>
        <Fact label="Protocol">{tls_version}</Fact>
      </dl>
      {serves.kind === 'other' && (
        <Accordion align="start">
          <LazyItem title={`Served certificate: ${shortName(serves.facts)}`} startsOpen>
            <FactList facts={serves.facts} of=" of the served certificate" />
          </LazyItem>
        </Accordion>
      )}
    </div>
  );
}
