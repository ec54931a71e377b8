import { Checkbox } from '@carbon/react';
import { giveBack } from '../../../../components/file-drops';
import { valueFiles } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import { csrKind, noCsr, type CsrDraft } from './csr';

type CsrSectionProps = {
  csr: CsrDraft;
  onChange: (csr: CsrDraft) => void;
  /** What happens without one. */
  without: string;
  error: string | undefined;
};

/** **Certificate signing request**, for who made the key elsewhere. */
export function CsrSection({ csr, onChange, without, error }: CsrSectionProps) {
  function want(wanted: boolean): void {
    if (!wanted) valueFiles(csr).forEach(giveBack);
    onChange({ ...noCsr, wanted });
  }

  return (
    <div className="kt-field">
      <Checkbox
        id="kt-private-csr"
        labelText="Use a certificate signing request (optional)"
        helperText={csr.wanted ? 'The private key stays with you, and is not kept here.' : without}
        checked={csr.wanted}
        onChange={(_, { checked }) => want(checked)}
        data-modal-primary-focus
      />
      {csr.wanted && (
        <ValueField
          value={csr}
          onChange={(value) => onChange({ ...value, wanted: true })}
          kind={csrKind}
          error={error}
        />
      )}
      {!csr.wanted && error !== undefined && (
        <p className="kt-field__error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
