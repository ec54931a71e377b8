import { FormGroup, RadioButton } from '@carbon/react';
import type { CertificateFormat } from '../../../ipc/bindings';
import { formats } from './formats';

type FormatChoiceProps = {
  chosen: CertificateFormat;
  /** Why no form with a private key can be had. */
  keyHindrance: string | null;
  onChoose: (format: CertificateFormat) => void;
};

/** **Format**: each form with what is inside, or why it cannot be had. */
export function FormatChoice({ chosen, keyHindrance, onChoose }: FormatChoiceProps) {
  return (
    <FormGroup legendText="Format" className="kt-formats">
      {formats.map(({ format, title, inside, key }) => {
        const hindrance = key ? keyHindrance : null;
        return (
          <div key={format}>
            <RadioButton
              id={`kt-format-${format}`}
              name="kt-format"
              value={format}
              labelText={title}
              checked={format === chosen}
              disabled={hindrance !== null}
              aria-describedby={`kt-format-${format}-inside`}
              onChange={() => onChoose(format)}
              {...(format === chosen ? { 'data-modal-primary-focus': '' } : {})}
            />
            <div id={`kt-format-${format}-inside`} className="kt-formats__inside">
              {hindrance ?? inside}
            </div>
          </div>
        );
      })}
    </FormGroup>
  );
}
