import type { ValueDraft } from '../../fields/value';
import { ValueField } from '../../fields/value-field';
import type { DraftProps } from '../secret-type';
import { payloadLimits } from './limits';
import { valueError } from './value-error';

/** The value that replaces the current one. */
export function RotateBody({ draft, onChange, error }: DraftProps<ValueDraft>) {
  return <ValueField value={draft} onChange={onChange} limits={payloadLimits} error={valueError(error)} />;
}
