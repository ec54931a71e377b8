import { fieldError } from '../../../../../ipc/problem';
import { LinesField } from '../../../../../components/lines-field';
import { TextField } from '../../../../../components/text-field';
import {
  isListField,
  requestHints,
  requestLabels,
  type RequestFieldName,
} from '../../../certificate/request/request-words';
import type { RequestDraft } from './request';

type RequestTextsProps = {
  asked: readonly RequestFieldName[];
  request: RequestDraft;
  onChange: (request: RequestDraft) => void;
  error: unknown;
  /** Says so of all but the common name; what is folded away is optional anyway. */
  optional?: boolean;
};

/** Texts of a request. */
export function RequestTexts({ asked, request, onChange, error, optional = false }: RequestTextsProps) {
  return asked.map((field) => {
    const fault = fieldError(error, field);
    const label = requestLabels[field] + (optional && field !== 'common_name' ? ' (optional)' : '');
    const hint = requestHints[field];
    const text = request.texts[field];
    const change = (typed: string) => onChange({ ...request, texts: { ...request.texts, [field]: typed } });
    return isListField(field) ? (
      <LinesField
        key={field}
        id={`kt-csr-${field}`}
        label={label}
        {...(hint === undefined ? {} : { helperText: hint })}
        text={text}
        onChange={change}
        error={fault}
        rows={text.split('\n').length}
      />
    ) : (
      <TextField
        key={field}
        id={`kt-csr-${field}`}
        labelText={label}
        helperText={hint ?? ''}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.target.value)}
        invalid={fault !== undefined}
        invalidText={fault ?? ''}
      />
    );
  });
}
