import { Certificate } from '@carbon/icons-react';
import { checkPublicCert } from '../../fields/checks';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { isPublicAuthority } from './engines';
import {
  emptyPublicCert,
  publicCertFilled,
  publicCertForm,
  publicCertMissing,
  rotatesAlone,
  type NewPublicCert,
} from './new-public-cert';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate-body';
import { emptyRotation, followed, hasNewKeys, type PublicCertRotation } from './rotation';

/** A certificate that is ordered from a certificate authority by ACME. */
export const publicCert = secretType<NewPublicCert, PublicCertRotation>({
  secretType: 'public_cert',
  title: 'Public certificate',
  description: "A certificate ordered from a certificate authority that browsers trust, such as Let's Encrypt.",
  icon: Certificate,
  // its end is that of the certificate
  expires: false,
  hasEngine: (configurations) => configurations.some(isPublicAuthority),
  add: {
    empty: emptyPublicCert,
    Body: AddStep,
    fields: ['ca', 'dns', 'common_name', 'alt_names', 'key_algorithm', 'bundle_certs', 'rotation'],
    missing: publicCertMissing,
    refusal: (draft) => checkPublicCert(publicCertForm(draft)),
    form: (draft) => ({ secret_type: 'public_cert', ...publicCertForm(draft) }),
    filled: publicCertFilled,
    rotatesAlone,
    files: () => [],
    withoutFiles: (draft) => draft,
    review: reviewRows,
  },
  rotation: {
    empty: emptyRotation,
    follow: followed,
    Body: RotateBody,
    fields: ['rotation'],
    missing: () => null,
    form: (draft) => ({ secret_type: 'public_cert', rotate_keys: hasNewKeys(draft) }),
    filled: ({ newKeys, of }) => newKeys !== null && newKeys !== of?.newKeys,
    files: () => [],
    withoutFiles: (draft) => draft,
    // there is nothing to compare until the certificate is issued
    compares: () => 'never',
  },
});
