import { InlineNotification, preview__IconIndicator as IconIndicator } from '@carbon/react';
import { useEffect, useRef } from 'react';
import { count } from '../../components/amounts';
import { kindNames } from '../../components/instance-kind';
import type { ConnectionReport } from '../../ipc/bindings';

/** What a test of the connection found: what answers there, and what the key may do. */
export function ConnectionFindings({ report }: { report: ConnectionReport }) {
  const place = useRef<HTMLDivElement>(null);
  // it stands below the fold
  useEffect(() => place.current?.scrollIntoView({ block: 'start' }), [report]);
  const { kind, version, secrets_total: total, allowed } = report;
  const what = version === null ? kindNames[kind] : `${kindNames[kind]} ${version}`;
  return (
    <div ref={place}>
      <InlineNotification
        role="status"
        className="kt-problem"
        kind="success"
        lowContrast
        hideCloseButton
        title={`${what} answered.`}
        subtitle={total === 1 ? 'The key sees 1 secret.' : `The key sees ${count(total)} secrets.`}
      />
      {allowed.length > 0 && (
        <>
          <p className="cds--label kt-connect__what">What the key may do</p>
          <ul className="kt-connect__allowed">
            {allowed.map(({ what: action, yes }) => (
              <li key={action}>
                <IconIndicator kind={yes ? 'succeeded' : 'failed'} label={`${nameOf(action)}: ${yes ? 'yes' : 'no'}`} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** `read_configurations` → "Read configurations". */
function nameOf(action: string): string {
  const words = action.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
