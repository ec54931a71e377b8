import type { SecretMetadata } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { Fact } from '../fact';
import { IamFacts } from './iam-facts';

/** What credentials say of themselves besides what all secrets do. */
export function TypeFacts({ metadata }: { metadata: SecretMetadata }) {
  if (metadata.secret_type === 'iam_credentials') return <IamFacts metadata={metadata} />;
  if (metadata.secret_type === 'service_credentials') {
    const { source_service: source, ttl, expiration_date: end } = metadata;
    return (
      <>
        <Text label="Service" text={source.instance?.crn} />
        <Text label="Role" text={source.role?.crn} />
        <Text label="Resource key" text={source.resource_key?.name ?? source.resource_key?.crn} />
        <Text label="Service ID" text={source.iam?.serviceid?.crn} />
        <Text label="API key" text={source.iam?.apikey?.name ?? source.iam?.apikey?.id} />
        <Lease ttl={ttl} end={end} />
      </>
    );
  }
  if (metadata.secret_type === 'custom_credentials') {
    const { task_count: tasks, queued_task_count: queued, expiration_date: end } = metadata;
    return (
      <>
        <Text label="Configuration" text={metadata.configuration} />
        <Text label="Parameters" text={metadata.parameters && JSON.stringify(metadata.parameters)} />
        <Text label="Tasks" text={tasks?.toString()} />
        <Text label="Tasks that wait" text={queued?.toString()} />
        <Text label="Task under way" text={metadata.processing_task_id} />
        <Text label="Task that failed" text={metadata.last_failed_task_id} />
        <Text label="Last rotation" text={metadata.last_rotation_failed ? 'Failed' : null} />
        <Lease ttl={metadata.ttl} end={end} />
      </>
    );
  }
  return null;
}

type Maybe = string | null | undefined;

function Lease({ ttl, end }: { ttl: Maybe; end: Maybe }) {
  return (
    <>
      <Text label="Lease duration" text={ttl} />
      {end && (
        <Fact label="Expires">
          <RelativeDate value={end} />
        </Fact>
      )}
    </>
  );
}

function Text({ label, text }: { label: string; text: Maybe }) {
  return text ? <Fact label={label}>{text}</Fact> : null;
}
