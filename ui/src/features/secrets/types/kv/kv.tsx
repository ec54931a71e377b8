import { DataStructured } from '@carbon/icons-react';
import { valueInput, valuePart, type ValueDraft } from '../../fields/value';
import { ValueSummary } from '../../fields/value-summary';
import { secretType } from '../secret-type';
import { data } from './data';
import { DataField } from './data-field';

const part = {
  ...valuePart(data),
  Body: DataField,
  form: (value: ValueDraft) => ({ secret_type: 'kv' as const, data: valueInput(value) }),
};

/** A JSON object, replaced as a whole on rotation. */
export const kv = secretType<ValueDraft, ValueDraft>({
  secretType: 'kv',
  title: 'Key-value',
  description: 'Pairs of keys and values that belong together, as a JSON object.',
  icon: DataStructured,
  expires: false,
  add: { ...part, review: (value) => [{ label: 'Object', value: <ValueSummary value={value} /> }] },
  rotation: part,
});
