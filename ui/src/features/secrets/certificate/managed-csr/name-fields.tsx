import { Checkbox, CheckboxGroup, Stack } from '@carbon/react';
import { RequestField, type RequestProps } from './request-fields';

/** Whom the certificate is asked for. */
export function NameFields(props: RequestProps) {
  const { request, onChange } = props;
  return (
    <Stack gap={5}>
      <RequestField {...props} field="common_name" label="Common name" />
      <RequestField
        {...props}
        field="alt_names"
        label="Alternative names"
        hint="Host names and e-mail addresses, separated by commas."
      />
      <RequestField {...props} field="ip_sans" label="IP addresses" hint="Separated by commas." />
      <RequestField {...props} field="uri_sans" label="URIs" hint="Separated by commas." />
      <RequestField {...props} field="other_sans" label="Other names" hint="<oid>;UTF8:<value>, separated by commas." />
      <CheckboxGroup legendText="Common name">
        <Checkbox
          id="kt-csr-require-cn"
          labelText="A common name is required"
          checked={request.require_cn ?? true}
          onChange={(_event, { checked }) => onChange({ require_cn: checked })}
        />
        <Checkbox
          id="kt-csr-exclude-cn"
          labelText="Leave it out of the alternative names"
          checked={request.exclude_cn_from_sans ?? false}
          onChange={(_event, { checked }) => onChange({ exclude_cn_from_sans: checked })}
        />
      </CheckboxGroup>
    </Stack>
  );
}
