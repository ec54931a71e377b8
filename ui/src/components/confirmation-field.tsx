import { TextField } from './text-field';

type ConfirmationFieldProps = {
  id: string;
  label: string;
  /** What has to be typed, and what for. */
  helperText?: string;
  typed: string;
  onType: (typed: string) => void;
  error?: string | undefined;
};

/** Where a name or a word is typed before something goes for good. */
export function ConfirmationField({ id, label, helperText, typed, onType, error }: ConfirmationFieldProps) {
  return (
    <TextField
      id={id}
      data-modal-primary-focus=""
      labelText={label}
      {...(helperText === undefined ? {} : { helperText })}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      invalid={error !== undefined}
      invalidText={error ?? ''}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
