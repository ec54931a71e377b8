import { CertificateCheck } from '@carbon/icons-react';
import { commands } from '../../../../ipc/bindings';
import { isTemplate } from '../../../../ipc/configurations';
import { isProblem } from '../../../../ipc/problem';
import { valueFiles, valueFilled, valueWithoutFiles } from '../../fields/value';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { csrInput, csrMissing } from './csr';
import {
  emptyPrivateCert,
  privateCertFilled,
  privateCertForm,
  privateCertMissing,
  type NewPrivateCert,
} from './new-private-cert';
import { csrTargets, privateCertTargets, refusedField } from './refused-field';
import { reviewRows } from './review-rows';
import { RotateBody } from './rotate-body';
import { emptyRotation, followed, type PrivateCertRotation } from './rotation';

/** A certificate that an authority of this instance signs by a template. */
export const privateCert = secretType<NewPrivateCert, PrivateCertRotation>({
  secretType: 'private_cert',
  title: 'Private certificate',
  description: 'A certificate signed by your own certificate authority, which Keyturn can rotate.',
  icon: CertificateCheck,
  // its end is that of the certificate
  expires: false,
  hasEngine: (configurations) => configurations.some(isTemplate),
  add: {
    empty: emptyPrivateCert,
    Body: AddStep,
    fields: privateCertTargets,
    missing: privateCertMissing,
    refusal: async (draft, groupId) => {
      try {
        await commands.previewPrivateCert(groupId, privateCertForm(draft));
        return null;
      } catch (refused) {
        if (isProblem(refused) && refusedField(refused, draft)) return refused;
        throw refused;
      }
    },
    form: (draft) => ({ secret_type: 'private_cert', ...privateCertForm(draft) }),
    filled: privateCertFilled,
    rotatesAlone: ({ rotation }) => rotation.on,
    files: ({ csr }) => valueFiles(csr),
    withoutFiles: (draft) => ({ ...draft, csr: valueWithoutFiles(draft.csr) }),
    review: reviewRows,
  },
  rotation: {
    empty: emptyRotation,
    follow: followed,
    Body: RotateBody,
    fields: csrTargets,
    missing: ({ csr }) => csrMissing(csr),
    form: ({ csr }) => ({ secret_type: 'private_cert', csr: csrInput(csr) }),
    filled: ({ csr }) => valueFilled(csr),
    files: ({ csr }) => valueFiles(csr),
    withoutFiles: (draft) => ({ ...draft, csr: valueWithoutFiles(draft.csr) }),
    // the body says what it would be
    compares: () => 'never',
  },
});
