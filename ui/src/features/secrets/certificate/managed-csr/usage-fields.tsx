import { Stack } from '@carbon/react';
import { roleFlags, rolesLegend } from '../request/request-words';
import { RequestField, RequestFlags, type RequestProps } from './request-fields';

export const usageFields = ['key_usage', 'ext_key_usage', 'ext_key_usage_oids', 'policy_identifiers'] as const;

/** What the certificate is asked for. */
export function UsageFields(props: RequestProps) {
  return (
    <Stack gap={5}>
      <RequestFlags {...props} legend={rolesLegend} flags={roleFlags} />
      {usageFields.map((field) => (
        <RequestField key={field} {...props} field={field} />
      ))}
    </Stack>
  );
}
