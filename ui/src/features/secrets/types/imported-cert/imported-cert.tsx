import { Certificate } from '@carbon/icons-react';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { refusalOf } from './inspection/verdict';
import { emptyCertificate, type NewCertificate } from './new-certificate';
import { partFields, partsFiles, partsFilled, partsInput, partsMissing, partsWithoutFiles } from './parts/parts';
import { requestFields, requestFilled, requestInput, requestMissing } from './request/request';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate/rotate-body';
import { rotationRefusal } from './rotate/refusal';
import { broughtBy, emptyRotation, followed, type Rotation } from './rotate/rotation';

/** A certificate made elsewhere, with all its parts; or the answer to a request that the vault made. */
export const importedCert = secretType<NewCertificate, Rotation>({
  secretType: 'imported_cert',
  title: 'Imported certificate',
  description: 'A certificate from elsewhere with its chain and private key, or a request for one.',
  icon: Certificate,
  // its end is that of the certificate
  expires: false,
  add: {
    empty: emptyCertificate,
    Body: AddStep,
    fields: [...partFields, ...requestFields],
    missing: ({ way, parts, request }) =>
      way === 'managed' ? requestMissing(request) : (partsMissing(parts) ?? refusalOf(parts)),
    form: ({ way, parts, request }) =>
      way === 'managed'
        ? { secret_type: 'imported_cert', kind: 'managed', request: requestInput(request) }
        : { secret_type: 'imported_cert', kind: 'given', parts: partsInput(parts) },
    filled: ({ parts, request }) => partsFilled(parts) || requestFilled(request),
    files: ({ parts }) => partsFiles(parts),
    withoutFiles: (draft) => ({ ...draft, parts: partsWithoutFiles(draft.parts) }),
    review: reviewRows,
  },
  rotation: {
    empty: emptyRotation,
    follow: followed,
    Body: RotateBody,
    fields: partFields,
    missing: (rotation) => partsMissing(rotation.parts, broughtBy(rotation)) ?? refusalOf(rotation.parts, rotation.since),
    refusal: rotationRefusal,
    form: (rotation) => ({
      secret_type: 'imported_cert',
      parts: partsInput(rotation.parts, broughtBy(rotation)),
    }),
    filled: ({ parts }) => partsFilled(parts),
    files: ({ parts }) => partsFiles(parts),
    withoutFiles: (rotation) => ({ ...rotation, parts: partsWithoutFiles(rotation.parts) }),
    wide: true,
    // the body says what differs, by meaning
    compares: () => 'never',
  },
});
