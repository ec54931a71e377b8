import { Stack, TextArea } from '@carbon/react';
import type { Problem, SecretView } from '../../../ipc/bindings';
import { fieldError } from '../../../ipc/problem';
import { RelativeDate } from '../../../components/relative-date';
import { RevokedMark } from '../certificate/revoked-word';
import { lastAccessed } from '../facts';
import { sentence } from '../fields/checks';
import { LabelField } from '../fields/label-field';
import { GroupName } from '../group-name';
import { LocksFact } from '../locks/locks-fact';
import { SecretState } from '../orders/secret-state';
import { typeTitle } from '../types/secret-types';
import { IdField } from '../../../components/id-field';
import { useSecretUrl } from '../use-secret-url';
import type { Changes, Editable } from './secret-edit';
import { TextField } from '../../../components/text-field';
import { Fact } from '../fact';
import { OtherFacts } from './other-facts';
import { TypeFacts } from './type-facts';

type Checked = { problem: Problem | null; now: () => Promise<Problem | null> };

type GeneralTabProps = {
  secret: SecretView;
  form: Editable;
  onChange: (changes: Changes) => void;
  checks: Record<'name' | 'description' | 'labels', Checked>;
  error: unknown;
  onLocks: () => void;
};

/** Name, description and labels to edit; the rest to read. */
export function GeneralTab({ secret, form, onChange, checks, error, onLocks }: GeneralTabProps) {
  const { metadata } = secret;
  const { urlOf, told } = useSecretUrl();
  const faults = {
    name: sentence(checks.name.problem) ?? fieldError(error, 'name'),
    description: sentence(checks.description.problem) ?? fieldError(error, 'description'),
    labels: sentence(checks.labels.problem) ?? fieldError(error, 'labels'),
  };
  return (
    <Stack gap={6}>
      <TextField
        id="kt-details-name"
        labelText="Name"
        autoComplete="off"
        value={form.name}
        onChange={(event) => onChange({ name: event.target.value })}
        onBlur={() => void checks.name.now()}
        invalid={faults.name !== undefined}
        invalidText={faults.name ?? ''}
      />
      <TextArea
        id="kt-details-description"
        labelText="Description"
        rows={3}
        value={form.description}
        onChange={(event) => onChange({ description: event.target.value })}
        onBlur={() => void checks.description.now()}
        invalid={faults.description !== undefined}
        invalidText={faults.description ?? ''}
      />
      <LabelField labels={form.labels} onChange={(labels) => onChange({ labels })} error={faults.labels} />
      <IdField label="ID" text={metadata.id} />
      <IdField label="Secret URL" text={urlOf(metadata.id) ?? ''} onCopied={() => told(metadata.name)} />
      <dl className="kt-facts">
        <Fact label="Type">
          {typeTitle(metadata.secret_type)}
          {metadata.secret_type === 'other' && ` (${metadata.type_name})`}
        </Fact>
        <Fact label="Secret group">
          <GroupName id={metadata.secret_group_id} />
        </Fact>
        <Fact label="Status">
          <SecretState secret={secret} />
          <RevokedMark metadata={metadata} dated />
        </Fact>
        <Fact label="Created">
          <RelativeDate value={metadata.created_at} /> by {metadata.created_by}
        </Fact>
        <Fact label="Updated">
          <RelativeDate value={metadata.updated_at} />
        </Fact>
        <Fact label="Last rotated">
          <RelativeDate value={secret.rotated_at} />
        </Fact>
        <Fact label="Last accessed">
          <RelativeDate value={lastAccessed(metadata)} none="Never" />
        </Fact>
        <Fact label="Versions">{metadata.versions_total}</Fact>
        <LocksFact secret={secret} onShow={onLocks} />
        <TypeFacts metadata={metadata} />
      </dl>
      <OtherFacts other={metadata.other} />
      <IdField label="CRN" text={metadata.crn} />
    </Stack>
  );
}
