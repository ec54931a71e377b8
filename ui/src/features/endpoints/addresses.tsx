import { Button } from '@carbon/react';
import type { ReactNode } from 'react';
import { CopyableId } from '../../components/copyable-id';
import { ProblemNotice } from '../../components/problem-notice';
import type { ApiAccess } from '../../ipc/bindings';
import { ApiStanding } from './api-standing';

type AddressesProps = { access: ApiAccess; instanceId: string; onApiSettings: () => void };

/** Whether the API is on, and its addresses, which stay the same while it is off. */
export function Addresses({ access, instanceId, onApiSettings }: AddressesProps) {
  return (
    <>
      <dl className="kt-facts">
        <Address label="HTTP API">
          <span className="kt-endpoints__standing">
            <ApiStanding access={access} />
            <Button kind="ghost" size="sm" onClick={onApiSettings}>
              {access.enabled ? 'Settings > API access' : 'Turn it on in Settings > API access'}
            </Button>
          </span>
        </Address>
        <Address label="Service URL">
          <CopyableId label="service URL" text={access.url} whole />
        </Address>
        <Address label="Token URL">
          <CopyableId label="token URL" text={`${access.url}/identity/token`} whole />
        </Address>
        <Address label="Instance ID">
          <CopyableId label="instance ID" text={instanceId} whole />
        </Address>
      </dl>
      <ProblemNotice error={access.problem} />
    </>
  );
}

/** One of the addresses. */
export function Address({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="kt-endpoints__address">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
