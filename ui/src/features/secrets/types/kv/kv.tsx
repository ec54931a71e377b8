import { DataStructured } from '@carbon/icons-react';
import { valueInput, valuePart } from '../../fields/value';
import { ValueSummary } from '../../fields/value-summary';
import { secretType } from '../secret-type';
import { data } from './data';
import { DataField } from './data-field';
import { emptyObject, objectMissing, type ObjectDraft } from './object-draft';
import { RotateBody } from './rotate-body';

const part = {
  ...valuePart(data),
  empty: emptyObject,
  missing: objectMissing,
  Body: DataField,
  form: (value: ObjectDraft) => ({ secret_type: 'kv' as const, data: valueInput(value) }),
};

/** A JSON object, replaced as a whole on rotation. */
export const kv = secretType<ObjectDraft, ObjectDraft>({
  secretType: 'kv',
  title: 'Key-value',
  description: 'Pairs of keys and values that belong together, as a JSON object.',
  icon: DataStructured,
  expires: false,
  add: { ...part, review: (value) => [{ label: 'Object', value: <ValueSummary value={value} /> }] },
  rotation: { ...part, Body: RotateBody, compares: () => 'at-once' },
});
