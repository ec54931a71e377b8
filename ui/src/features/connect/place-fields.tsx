import { RadioButton, RadioButtonGroup, Select, SelectItem, Stack } from '@carbon/react';
import { TextField } from '../../components/text-field';
import { fieldError } from '../../ipc/problem';
import type { DraftProps } from './connection-draft';
import { regions } from './regions';

/** Where the instance is: in IBM Cloud, or at an address. */
export function PlaceFields({ draft, onChange, error }: DraftProps) {
  return (
    <Stack gap={6}>
      <RadioButtonGroup
        name="connection-place"
        legendText="Where the instance is"
        valueSelected={draft.place}
        onChange={(place) => onChange({ place: place === 'address' ? 'address' : 'ibm_cloud' })}
      >
        <RadioButton id="connection-ibm-cloud" value="ibm_cloud" labelText="IBM Cloud" />
        <RadioButton id="connection-address" value="address" labelText="Address" />
      </RadioButtonGroup>
      {draft.place === 'ibm_cloud' ? (
        <CloudFields draft={draft} onChange={onChange} error={error} />
      ) : (
        <TextField
          id="connection-url"
          labelText="URL"
          helperText="The service URL of a Keyturn server, or of anything else that speaks the API of Secrets Manager."
          placeholder="https://"
          value={draft.url}
          onChange={(event) => onChange({ url: event.target.value })}
          invalid={fieldError(error, 'service_url') !== undefined}
          invalidText={fieldError(error, 'service_url') ?? ''}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Stack>
  );
}

function CloudFields({ draft, onChange, error }: DraftProps) {
  const fault = fieldError(error, 'instance_id');
  return (
    <>
      <Select
        id="connection-region"
        labelText="Region"
        value={draft.region}
        onChange={(event) => onChange({ region: event.target.value })}
        invalid={fieldError(error, 'region') !== undefined}
        invalidText={fieldError(error, 'region') ?? ''}
      >
        {regions.map(({ id, name }) => (
          <SelectItem key={id} value={id} text={name} />
        ))}
      </Select>
      <TextField
        id="connection-instance-id"
        labelText="Instance ID"
        helperText="The GUID of the instance; its page Endpoints has it."
        value={draft.instanceId}
        onChange={(event) => onChange({ instanceId: event.target.value })}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
        autoComplete="off"
        spellCheck={false}
      />
      <RadioButtonGroup
        name="connection-endpoint"
        legendText="Endpoint"
        helperText="The private endpoint answers within IBM's network alone."
        valueSelected={draft.endpoint}
        onChange={(endpoint) => onChange({ endpoint: endpoint === 'private' ? 'private' : 'public' })}
      >
        <RadioButton id="connection-public" value="public" labelText="Public" />
        <RadioButton id="connection-private" value="private" labelText="Private" />
      </RadioButtonGroup>
    </>
  );
}
