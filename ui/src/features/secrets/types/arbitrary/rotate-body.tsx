import { valueError, type ValueDraft } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import type { DraftProps } from '../secret-type';
import { payload } from './payload';

/** The value that replaces the current one. */
export function RotateBody({ draft, onChange, error }: DraftProps<ValueDraft>) {
  return <ValueField value={draft} onChange={onChange} kind={payload} error={valueError(payload, error)} />;
}
