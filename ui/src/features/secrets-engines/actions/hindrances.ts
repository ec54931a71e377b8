import type { AuthorityFile } from '../../../ipc/bindings';
import { isAuthority, type AuthorityConfiguration } from '../../../ipc/configurations';
import { signingHindrance } from '../tree/standing';
import type { Branch } from '../tree/tree';

const unsigned = 'It is not signed yet.';

/** Why a file cannot be downloaded now. */
export function downloadHindrance({ data, crl }: AuthorityConfiguration, file: AuthorityFile): string | null {
  switch (file) {
    case 'certificate':
    case 'chain':
      return data.certificate === undefined ? unsigned : null;
    case 'csr':
      return data.csr ? null : 'It is signed, so no request waits any more.';
    case 'crl_pem':
    case 'crl_der':
      return crl ? null : 'It has no revocation list before it is signed.';
  }
}

/** Why an authority of this instance cannot sign it, for the first time or once more. */
export function parentHindrance(authority: AuthorityConfiguration, { parent }: Branch): string | null {
  if (authority.status === 'revoked') return 'Its certificate was revoked. Rotate it: that gives it another key.';
  if (!parent || !isAuthority(parent.configuration)) return goneParent(authority);
  const reason = signingHindrance(parent.configuration);
  return reason && `"${parent.configuration.name}", which signs it, cannot sign: ${reason}`;
}

export function goneParent({ issuer }: AuthorityConfiguration): string {
  return `The authority "${issuer ?? ''}" that signs it is not there any more.`;
}
