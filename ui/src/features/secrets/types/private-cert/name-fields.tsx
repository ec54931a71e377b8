import { Accordion, Stack } from '@carbon/react';
import { FoldedSection } from '../../../../components/folded-section';
import { LinesField } from '../../../../components/lines-field';
import { TextField } from '../../../../components/text-field';
import type { NewPrivateCert } from './new-private-cert';
import type { PrivateCertField } from './refused-field';

type NameFieldsProps = {
  draft: NewPrivateCert;
  onChange: (part: Partial<NewPrivateCert>) => void;
  faultAt: (field: PrivateCertField) => string | undefined;
};

const further = [
  { key: 'ips', field: 'ip_sans', label: 'IP SANs', helperText: 'Such as 10.0.0.7 or fd00::7.' },
  { key: 'uris', field: 'uri_sans', label: 'URI SANs', helperText: 'Such as spiffe://example.com/web.' },
  { key: 'others', field: 'other_sans', label: 'Other SANs', helperText: 'An object identifier, ;UTF8: and a text.' },
] as const;

/** The names that the certificate is for. */
export function NameFields({ draft, onChange, faultAt }: NameFieldsProps) {
  const commonName = faultAt('common_name');
  const hidden = further.map(({ field }) => faultAt(field)).find((fault) => fault !== undefined);
  return (
    <>
      <TextField
        id="kt-private-common-name"
        labelText="Common name"
        helperText="The name the certificate is for, such as www.example.com."
        autoComplete="off"
        spellCheck={false}
        value={draft.commonName}
        onChange={(event) => onChange({ commonName: event.target.value })}
        invalid={commonName !== undefined}
        invalidText={commonName ?? ''}
      />
      <LinesField
        id="kt-private-alt-names"
        label="Alternative names (optional)"
        helperText="Host names or e-mail addresses."
        text={draft.altNames}
        onChange={(altNames) => onChange({ altNames })}
        error={faultAt('alt_names')}
      />
      <Accordion size="md" align="start">
        <FoldedSection title="More alternative names" fault={hidden}>
          <Stack gap={5}>
            {further.map(({ key, field, label, helperText }) => (
              <LinesField
                key={key}
                id={`kt-private-${field}`}
                label={label}
                helperText={helperText}
                text={draft[key]}
                onChange={(text) => onChange({ [key]: text })}
                error={faultAt(field)}
              />
            ))}
          </Stack>
        </FoldedSection>
      </Accordion>
    </>
  );
}
