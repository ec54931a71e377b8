import { TextArea } from '@carbon/react';

type JsonFieldProps = {
  id: string;
  label: string;
  /** The text as typed; it is read by Rust, which knows the limits and the place of a fault. */
  text: string;
  onChange: (text: string) => void;
  /** The fault with line and column, from `fieldError`. */
  error?: string | undefined;
  helperText?: string;
  rows?: number;
  disabled?: boolean;
  /** The field was left: a good moment to check it. */
  onBlur?: (() => void) | undefined;
};

/** JSON as text, in a fixed-width face, with its fault below. */
export function JsonField(props: JsonFieldProps) {
  const { id, label, text, onChange, error, helperText, rows = 4, disabled = false, onBlur } = props;
  return (
    <TextArea
      id={id}
      className="kt-json"
      labelText={label}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      invalid={error !== undefined}
      invalidText={error ?? ''}
      helperText={helperText ?? ''}
      rows={rows}
      disabled={disabled}
      onBlur={() => onBlur?.()}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      placeholder='{ "ticket": "OPS-7" }'
    />
  );
}
