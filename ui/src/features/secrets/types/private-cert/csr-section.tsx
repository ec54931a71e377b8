import { Checkbox } from '@carbon/react';
import { useState } from 'react';
import { giveBack } from '../../../../components/file-drops';
import { emptyValue, valueFiles, valueFilled, type ValueDraft } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import { csrKind } from './csr';

type CsrSectionProps = {
  csr: ValueDraft;
  onChange: (csr: ValueDraft) => void;
  /** What happens without one. */
  without: string;
  error: string | undefined;
};

/** **Certificate signing request**, for who made the key elsewhere. */
export function CsrSection({ csr, onChange, without, error }: CsrSectionProps) {
  const [wanted, setWanted] = useState(false);
  const shown = wanted || valueFilled(csr) || error !== undefined;

  function want(checked: boolean): void {
    setWanted(checked);
    if (checked) return;
    valueFiles(csr).forEach(giveBack);
    onChange(emptyValue);
  }

  return (
    <div className="kt-field">
      <Checkbox
        id="kt-private-csr"
        labelText="Use a certificate signing request (optional)"
        helperText={shown ? 'The private key stays with you, and is not kept here.' : without}
        checked={shown}
        onChange={(_, { checked }) => want(checked)}
        data-modal-primary-focus
      />
      {shown && <ValueField value={csr} onChange={onChange} kind={csrKind} error={error} />}
    </div>
  );
}
