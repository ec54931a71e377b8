import { Stack } from '@carbon/react';
import type { RotationProps } from '../secret-type';
import { CsrSection } from './csr-section';
import { Outlook } from './outlook';
import { csrRefusal } from './refused-field';
import type { PrivateCertRotation } from './rotation';
import { useNextOutlook } from './use-outlook';

/** The certificate that replaces the current one: who signs it, another request if there is one, what it would be. */
export function RotateBody({ secretId, draft, onChange, error }: RotationProps<PrivateCertRotation>) {
  const { csr, of } = draft;
  const found = useNextOutlook(draft, secretId);
  const refusal = csrRefusal(found.error, csr);
  return (
    <Stack gap={5}>
      {of && (
        <p>
          It is signed by the rules of the template {of.template}
          {words(of.csrGiven, csr.wanted)}
        </p>
      )}
      <CsrSection
        csr={csr}
        onChange={(changed) => onChange({ ...draft, csr: changed })}
        without={
          of?.csrGiven
            ? 'Without one, the request that was given last is signed once more: the key stays the same.'
            : 'Without one, Keyturn makes a new private key.'
        }
        error={csrRefusal(error, csr) ?? refusal}
      />
      <Outlook found={found} placed={refusal !== undefined} waits="It is shown once the request is given." />
    </Stack>
  );
}

function words(csrGiven: boolean, wanted: boolean): string {
  if (wanted) return ', for the request below.';
  return csrGiven ? ', for the request that was given last.' : ', with a new private key.';
}
