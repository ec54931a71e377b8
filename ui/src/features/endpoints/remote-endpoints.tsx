import { Stack } from '@carbon/react';
import { CopyableId } from '../../components/copyable-id';
import type { RemoteAddress } from '../../ipc/bindings';
import { Address } from './addresses';
import { Examples } from './examples';

/** The page **Endpoints** of an instance that is on another computer. */
export function RemoteEndpoints({ remote }: { remote: RemoteAddress }) {
  const { service_url: url, iam_url: iamUrl, instance_id: id } = remote;
  return (
    <div className="kt-page kt-endpoints">
      <Stack gap={7}>
        <div>
          <h1 className="kt-page__title">Endpoints</h1>
          <p className="kt-endpoints__lead">Programs find this instance here, each with an API key of its own.</p>
        </div>
        <dl className="kt-facts">
          <Address label="Service URL">
            <CopyableId label="service URL" text={url} whole />
          </Address>
          <Address label="Token URL">
            <CopyableId label="token URL" text={`${iamUrl}/identity/token`} whole />
          </Address>
          {id !== null && (
            <Address label="Instance ID">
              <CopyableId label="instance ID" text={id} whole />
            </Address>
          )}
        </dl>
        <Examples url={url} iamUrl={iamUrl} />
      </Stack>
    </div>
  );
}
