import { Document } from '@carbon/icons-react';
import { expirationAt, expirationFault, noExpiration, type ExpirationDraft } from '../../../../components/expiration';
import { valueInput, valuePart, type ValueDraft } from '../../fields/value';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { payload } from './payload';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate-body';

export type NewArbitrary = { value: ValueDraft; expiration: ExpirationDraft };

const value = valuePart(payload);

/** Text or a file, replaced at once on rotation. */
export const arbitrary = secretType<NewArbitrary, ValueDraft>({
  secretType: 'arbitrary',
  title: 'Other secret type',
  description: 'Any text or file: a token, a key file, a configuration.',
  icon: Document,
  expires: true,
  add: {
    empty: { value: value.empty, expiration: noExpiration },
    Body: AddStep,
    fields: [...value.fields, 'expiration_date'],
    missing: (draft) => {
      const fault = expirationFault(draft.expiration);
      return value.missing(draft.value) ?? (fault === null ? null : { field: 'expiration_date', message: fault });
    },
    form: (draft) => ({
      secret_type: 'arbitrary',
      value: valueInput(draft.value),
      expiration_date: expirationAt(draft.expiration),
    }),
    filled: (draft) => value.filled(draft.value) || draft.expiration.on,
    files: (draft) => value.files(draft.value),
    withoutFiles: (draft) => ({ ...draft, value: value.withoutFiles(draft.value) }),
    review: reviewRows,
  },
  rotation: {
    ...value,
    Body: RotateBody,
    // a value is typed in pieces that mean nothing by themselves, and each comparison is recorded
    compares: () => 'on-demand',
    form: (draft) => ({ secret_type: 'arbitrary', value: valueInput(draft) }),
  },
});
