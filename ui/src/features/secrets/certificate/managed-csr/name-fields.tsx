import { Stack } from '@carbon/react';
import { nameFlags } from '../request/request-words';
import { RequestField, RequestFlags, type RequestProps } from './request-fields';

const fields = ['common_name', 'alt_names', 'ip_sans', 'uri_sans', 'other_sans'] as const;

/** Whom the certificate is asked for. */
export function NameFields(props: RequestProps) {
  return (
    <Stack gap={5}>
      {fields.map((field) => (
        <RequestField key={field} {...props} field={field} />
      ))}
      <RequestFlags {...props} legend="Common name" flags={nameFlags} />
    </Stack>
  );
}
