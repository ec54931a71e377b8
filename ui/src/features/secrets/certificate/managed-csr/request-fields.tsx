import { TextArea } from '@carbon/react';
import type { ManagedCsr } from '../../../../ipc/bindings';
import { fieldError } from '../../../../ipc/problem';
import { TextField } from '../../../../components/text-field';
import type { ListFieldName, TextFieldName } from './request';

export type RequestProps = {
  request: ManagedCsr;
  onChange: (change: ManagedCsr) => void;
  error: unknown;
};

type RequestTextProps = RequestProps & { field: TextFieldName; label: string; hint?: string };

/** One text of a request. */
export function RequestField({ request, onChange, error, field, label, hint = '' }: RequestTextProps) {
  const fault = fieldError(error, field);
  return (
    <TextField
      id={`kt-csr-${field}`}
      labelText={label}
      helperText={hint}
      autoComplete="off"
      spellCheck={false}
      value={request[field] ?? ''}
      onChange={(event) => onChange({ [field]: event.target.value })}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
    />
  );
}

type RequestListProps = RequestProps & { field: ListFieldName; label: string };

/** One list of a request, an entry a line: companies have commas in their names. */
export function RequestList({ request, onChange, error, field, label }: RequestListProps) {
  const fault = fieldError(error, field);
  const entries = request[field] ?? [];
  return (
    <TextArea
      id={`kt-csr-${field}`}
      labelText={label}
      helperText="One a line."
      rows={Math.max(1, entries.length)}
      spellCheck={false}
      value={entries.join('\n')}
      onChange={(event) => onChange({ [field]: event.target.value === '' ? [] : event.target.value.split('\n') })}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
    />
  );
}
