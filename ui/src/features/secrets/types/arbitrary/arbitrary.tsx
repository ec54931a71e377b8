import { Document } from '@carbon/icons-react';
import { expirationAt, expirationFault, noExpiration, type ExpirationDraft } from '../../fields/expiration';
import {
  emptyValue,
  valueFields,
  valueFilled,
  valueFiles,
  valueInput,
  valueMissing,
  valueWithoutFiles,
  type ValueDraft,
} from '../../fields/value';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { payload } from './payload';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate-body';

export type NewArbitrary = { value: ValueDraft; expiration: ExpirationDraft };

/** Text or a file, replaced at once on rotation. */
export const arbitrary = secretType<NewArbitrary, ValueDraft>({
  secretType: 'arbitrary',
  title: 'Other secret type',
  description: 'Any text or file: a token, a key file, a configuration.',
  icon: Document,
  expires: true,
  add: {
    empty: { value: emptyValue, expiration: noExpiration },
    Body: AddStep,
    fields: [...valueFields(payload), 'expiration_date'],
    missing: ({ value, expiration }) => {
      const fault = expirationFault(expiration);
      return valueMissing(payload, value) ?? (fault === null ? null : { field: 'expiration_date', message: fault });
    },
    form: ({ value, expiration }) => ({
      secret_type: 'arbitrary',
      value: valueInput(value),
      expiration_date: expirationAt(expiration),
    }),
    filled: ({ value, expiration }) => valueFilled(value) || expiration.on,
    files: ({ value }) => valueFiles(value),
    withoutFiles: (draft) => ({ ...draft, value: valueWithoutFiles(draft.value) }),
    review: reviewRows,
  },
  rotation: {
    empty: emptyValue,
    Body: RotateBody,
    fields: valueFields(payload),
    missing: (value) => valueMissing(payload, value),
    form: (value) => ({ secret_type: 'arbitrary', value: valueInput(value) }),
    filled: valueFilled,
    files: valueFiles,
    withoutFiles: valueWithoutFiles,
  },
});
