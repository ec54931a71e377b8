import { Checkbox, Select, SelectItem, Stack, TextArea } from '@carbon/react';
import { LifetimeField } from '../../../components/lifetime-field';
import type { Lifetime } from '../../../components/lifetime';
import { fieldError } from '../../../ipc/problem';

/** What is to be signed, and how. */
export type SignCsrDraft = {
  csr: string;
  ttl: Lifetime;
  /** `null`: as the authority allows. */
  pathLength: number | null;
  useValues: boolean;
};

type SignCsrFieldsProps = {
  draft: SignCsrDraft;
  onChange: (part: Partial<SignCsrDraft>) => void;
  error: unknown;
};

/** Names of the fields on the wire that the form shows. */
export const signCsrFields: readonly string[] = ['csr', 'ttl', 'max_path_length'];

export function SignCsrFields({ draft, onChange, error }: SignCsrFieldsProps) {
  const csr = fieldError(error, 'csr');
  const pathLength = fieldError(error, 'max_path_length');
  return (
    <Stack gap={6}>
      <p>The certificate that is made can sign others. For a server or client, add a private certificate instead.</p>
      <TextArea
        id="kt-engine-csr"
        className="kt-engine__pem"
        labelText="Certificate signing request"
        helperText="PEM"
        rows={8}
        spellCheck={false}
        value={draft.csr}
        onChange={(event) => onChange({ csr: event.target.value })}
        invalid={csr !== undefined}
        invalidText={csr ?? ''}
        data-modal-primary-focus
      />
      <LifetimeField
        id="kt-engine-ttl"
        label="TTL"
        helperText="Blank: as long as this authority allows."
        lifetime={draft.ttl}
        onChange={(ttl) => onChange({ ttl })}
        error={fieldError(error, 'ttl')}
      />
      <Select
        id="kt-engine-path"
        labelText="Maximum path length"
        value={draft.pathLength ?? ''}
        onChange={({ target }) => onChange({ pathLength: target.value === '' ? null : Number(target.value) })}
        invalid={pathLength !== undefined}
        invalidText={pathLength ?? ''}
      >
        <SelectItem value="" text="As this authority allows" />
        {Array.from({ length: 11 }, (_, length) => (
          <SelectItem key={length} value={length} text={String(length)} />
        ))}
      </Select>
      <Checkbox
        id="kt-engine-csr-values"
        labelText="Use the values of the CSR"
        helperText="Subject and names are those of the request."
        checked={draft.useValues}
        onChange={(_, { checked }) => onChange({ useValues: checked })}
      />
    </Stack>
  );
}
