import { Stack } from '@carbon/react';
import { fieldError } from '../../../../ipc/problem';
import type { DraftProps } from '../secret-type';
import { CsrSection } from './csr-section';
import type { PrivateCertRotation } from './rotation';

/** The certificate that replaces the current one: who signs it, and another request if there is one. */
export function RotateBody({ draft, onChange, error }: DraftProps<PrivateCertRotation>) {
  const { of } = draft;
  return (
    <Stack gap={5}>
      {of && (
        <p>
          It is signed by the rules of the template {of.template}
          {of.csrGiven ? ', for the request that was given last.' : ', with a new private key.'}
        </p>
      )}
      <CsrSection
        csr={draft.csr}
        onChange={(csr) => onChange({ ...draft, csr })}
        without={
          of?.csrGiven
            ? 'Without one, the request that was given last is signed once more: the key stays the same.'
            : 'Without one, Keyturn makes a new private key.'
        }
        error={fieldError(error, 'csr') ?? fieldError(error, 'file')}
      />
    </Stack>
  );
}
