import { Api } from '@carbon/icons-react';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import {
  emptyIamCredentials,
  hasIamEngine,
  iamCredentialsFilled,
  iamCredentialsForm,
  iamCredentialsMissing,
  rotatesAlone,
  type NewIamCredentials,
} from './new-iam-credentials';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate-body';
import { emptyRotation, followed, type IamCredentialsRotation } from './rotation';

/** An API key of a service ID, which is made in IBM Cloud IAM and removed there when its lease ends. */
export const iamCredentials = secretType<NewIamCredentials, IamCredentialsRotation>({
  secretType: 'iam_credentials',
  title: 'IAM credentials',
  description: 'An API key of a service ID in IBM Cloud IAM, made when it is needed and removed in time.',
  icon: Api,
  // its end is that of the lease
  expires: false,
  hasEngine: hasIamEngine,
  add: {
    empty: emptyIamCredentials,
    Body: AddStep,
    fields: ['ttl', 'access_groups', 'service_id', 'account_id', 'reuse_api_key', 'rotation'],
    missing: iamCredentialsMissing,
    form: (draft) => ({ secret_type: 'iam_credentials', ...iamCredentialsForm(draft) }),
    filled: iamCredentialsFilled,
    rotatesAlone,
    files: () => [],
    withoutFiles: (draft) => draft,
    review: reviewRows,
  },
  rotation: {
    empty: emptyRotation,
    follow: followed,
    Body: RotateBody,
    fields: [],
    missing: () => null,
    form: () => ({ secret_type: 'iam_credentials' }),
    filled: () => false,
    files: () => [],
    withoutFiles: (draft) => draft,
    // nobody knows the next value before it is made
    compares: () => 'never',
  },
});
