import { TextArea } from '@carbon/react';

type LinesFieldProps = {
  id: string;
  label: string;
  /** What a line holds. */
  helperText?: string;
  text: string;
  onChange: (text: string) => void;
  error?: string | undefined;
  rows?: number;
};

/** Several texts, one per line, so that a comma within one of them does no harm. */
export function LinesField({ id, label, helperText, text, onChange, error, rows = 2 }: LinesFieldProps) {
  return (
    <TextArea
      id={id}
      labelText={label}
      helperText={helperText === undefined ? 'One per line.' : `One per line. ${helperText}`}
      rows={rows}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.target.value)}
      invalid={error !== undefined}
      invalidText={error ?? ''}
    />
  );
}
