import { Checkbox, CheckboxGroup, Stack } from '@carbon/react';
import { RequestField, type RequestProps } from './request-fields';

const flags = [
  ['server_flag', 'Servers'],
  ['client_flag', 'Clients'],
  ['code_signing_flag', 'Signing code'],
  ['email_protection_flag', 'E-mail'],
] as const;

/** What the certificate is asked for. */
export function UsageFields(props: RequestProps) {
  const { request, onChange } = props;
  return (
    <Stack gap={5}>
      <CheckboxGroup legendText="For">
        {flags.map(([flag, label]) => (
          <Checkbox
            key={flag}
            id={`kt-csr-${flag}`}
            labelText={label}
            checked={request[flag] ?? false}
            onChange={(_event, { checked }) => onChange({ [flag]: checked })}
          />
        ))}
      </CheckboxGroup>
      <RequestField {...props} field="key_usage" label="Key usage" hint="DigitalSignature, KeyAgreement and the like." />
      <RequestField
        {...props}
        field="ext_key_usage"
        label="Extended key usage"
        hint="By name: TimeStamping and the like."
      />
      <RequestField {...props} field="ext_key_usage_oids" label="Extended key usage by OID" />
      <RequestField {...props} field="policy_identifiers" label="Policies" hint="Object identifiers." />
    </Stack>
  );
}
