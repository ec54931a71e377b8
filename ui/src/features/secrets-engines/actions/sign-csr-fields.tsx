import { Checkbox, Stack } from '@carbon/react';
import { PemField } from '../form/pem-field';
import { pemError, type PemDraft } from '../form/pem';
import type { SigningDraft } from '../form/signing';
import { SigningFields } from '../form/signing-fields';

type SignCsrFieldsProps = {
  csr: PemDraft;
  onCsr: (csr: PemDraft) => void;
  signing: SigningDraft;
  onSigning: (part: Partial<SigningDraft>) => void;
  error: unknown;
};

/** What is to be signed, and how. */
export function SignCsrFields({ csr, onCsr, signing, onSigning, error }: SignCsrFieldsProps) {
  return (
    <Stack gap={6}>
      <p>The certificate that is made can sign others. For a server or client, add a private certificate instead.</p>
      <PemField
        id="kt-engine-csr"
        label="Certificate signing request"
        helperText="PEM"
        pem={csr}
        onChange={onCsr}
        error={pemError(error, 'csr')}
      />
      <Checkbox
        id="kt-engine-csr-values"
        labelText="Use the values of the CSR"
        helperText="Subject and names are those of the request."
        checked={signing.useValues}
        onChange={(_, { checked }) => onSigning({ useValues: checked })}
      />
      <SigningFields signing={signing} onChange={onSigning} error={error} />
    </Stack>
  );
}
