import { TextArea } from '@carbon/react';

type PemTextFieldProps = {
  id: string;
  label: string;
  helperText: string;
  text: string;
  onChange: (text: string) => void;
  error: string | undefined;
};

/** A key or certificate, pasted as PEM. */
export function PemTextField({ id, label, helperText, text, onChange, error }: PemTextFieldProps) {
  return (
    <TextArea
      id={id}
      className="kt-engine__pem"
      labelText={label}
      helperText={helperText}
      rows={6}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.target.value)}
      invalid={error !== undefined}
      invalidText={error ?? ''}
    />
  );
}
