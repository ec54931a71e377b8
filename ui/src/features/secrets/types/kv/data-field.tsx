import { checkValue, sentence } from '../../fields/checks';
import { useCheck } from '../../fields/use-check';
import { valueError, type ValueDraft } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import type { DraftProps } from '../secret-type';
import { data } from './data';

/** A JSON object by file or by hand; a fault of what is typed is told by line and column. */
export function DataField({ draft, onChange, error }: DraftProps<ValueDraft>) {
  const check = useCheck(draft.text, (text) => checkValue(data, text));
  const fault = draft.source === 'text' ? sentence(check.problem) : undefined;
  return <ValueField value={draft} onChange={onChange} kind={data} error={valueError(data, error) ?? fault} />;
}
