import { Accordion, preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { DeploymentCheck } from '../../../ipc/bindings';
import { shortName } from '../certificate/chain';
import { FactList } from '../certificate/fact-list';
import { LazyItem } from '../certificate/lazy-item';
import { Fact } from '../fact';
import { verdictLines } from './verdict-words';

/** What a server shows, against what it should show. */
export function VerdictList({ check }: { check: DeploymentCheck }) {
  return (
    <ul aria-label="Result" className="kt-verdict kt-certificate">
      {verdictLines(check.verdict).map(({ words, kind }) => (
        <li key={words}>
          <IconIndicator kind={kind} label={words} />
        </li>
      ))}
    </ul>
  );
}

/** Who was asked, who answered, and the certificate if it is none of the versions. */
export function VerdictFacts({ check }: { check: DeploymentCheck }) {
  const { serves, address, server_name, tls_version } = check.verdict;
  return (
    <div className="kt-verdict kt-certificate">
      <dl className="kt-facts">
        <Fact label="Asked">{check.asked}</Fact>
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
