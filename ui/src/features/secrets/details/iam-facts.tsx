import { RelativeDate } from '../../../components/relative-date';
import type { SecretMetadata } from '../../../ipc/bindings';
import { Fact } from '../fact';
import { leaseWords } from '../types/iam-credentials/review-rows';

type IamMetadata = Extract<SecretMetadata, { secret_type: 'iam_credentials' }>;

/** Whose API key it is, what it may do, and how long it lives. */
export function IamFacts({ metadata }: { metadata: IamMetadata }) {
  const { service_id, service_id_is_static, api_key_id, access_groups, account_id } = metadata;
  const none = metadata.reuse_api_key ? 'None' : 'Made by each reading';
  return (
    <>
      <Fact label="Service ID">
        {service_id ?? none}
        {service_id_is_static && ' (existing)'}
      </Fact>
      <Fact label="API key ID">{api_key_id ?? none}</Fact>
      {access_groups && <Fact label="Access groups">{access_groups.join(', ')}</Fact>}
      {account_id && <Fact label="Account">{account_id}</Fact>}
      <Fact label="Lease duration">{leaseWords(metadata.ttl)}</Fact>
      <Fact label="Reuse until lease expires">{metadata.reuse_api_key ? 'On' : 'Off'}</Fact>
      {metadata.expiration_date && (
        <Fact label="Expires">
          <RelativeDate value={metadata.expiration_date} />
        </Fact>
      )}
    </>
  );
}
