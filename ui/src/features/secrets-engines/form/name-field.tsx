import { TextField } from '../../../components/text-field';
import { fieldError } from '../../../ipc/problem';

type NameFieldProps = { name: string; onChange: (name: string) => void; error: unknown };

/** Name of an authority or template. */
export function NameField({ name, onChange, error }: NameFieldProps) {
  const fault = fieldError(error, 'name');
  return (
    <TextField
      id="kt-engine-name"
      labelText="Name"
      helperText="2 to 128 letters, digits, dashes, dots and underscores. It cannot be changed later."
      autoComplete="off"
      spellCheck={false}
      value={name}
      onChange={(event) => onChange(event.target.value)}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
      data-modal-primary-focus
    />
  );
}
