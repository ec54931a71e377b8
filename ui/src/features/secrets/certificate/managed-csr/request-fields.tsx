import { Checkbox, CheckboxGroup } from '@carbon/react';
import type { ManagedCsr } from '../../../../ipc/bindings';
import { fieldError } from '../../../../ipc/problem';
import { LinesField } from '../../../../components/lines-field';
import { TextField } from '../../../../components/text-field';
import {
  requestHints,
  requestLabels,
  type ListFieldName,
  type RequestFlag,
  type TextFieldName,
} from '../request/request-words';

export type RequestProps = {
  request: ManagedCsr;
  onChange: (change: ManagedCsr) => void;
  error: unknown;
};

/** One text of a request. */
export function RequestField({ request, onChange, error, field }: RequestProps & { field: TextFieldName }) {
  const fault = fieldError(error, field);
  return (
    <TextField
      id={`kt-csr-${field}`}
      labelText={requestLabels[field]}
      helperText={requestHints[field] ?? ''}
      autoComplete="off"
      spellCheck={false}
      value={request[field] ?? ''}
      onChange={(event) => onChange({ [field]: event.target.value })}
      invalid={fault !== undefined}
      invalidText={fault ?? ''}
    />
  );
}

/** One list of a request, an entry a line: companies have commas in their names. */
export function RequestList({ request, onChange, error, field }: RequestProps & { field: ListFieldName }) {
  const entries = request[field] ?? [];
  const hint = requestHints[field];
  return (
    <LinesField
      id={`kt-csr-${field}`}
      label={requestLabels[field]}
      {...(hint === undefined ? {} : { helperText: hint })}
      rows={Math.max(1, entries.length)}
      text={entries.join('\n')}
      onChange={(text) => onChange({ [field]: text === '' ? [] : text.split('\n') })}
      error={fieldError(error, field)}
    />
  );
}

type RequestFlagsProps = RequestProps & {
  legend: string;
  flags: readonly { flag: RequestFlag; label: string }[];
};

/** Switches of a request. */
export function RequestFlags({ request, onChange, legend, flags }: RequestFlagsProps) {
  return (
    <CheckboxGroup legendText={legend}>
      {flags.map(({ flag, label }) => (
        <Checkbox
          key={flag}
          id={`kt-csr-${flag}`}
          labelText={label}
          // where the wire says nothing, a common name is required and the rest is not
          checked={request[flag] ?? flag === 'require_cn'}
          onChange={(_event, { checked }) => onChange({ [flag]: checked })}
        />
      ))}
    </CheckboxGroup>
  );
}
