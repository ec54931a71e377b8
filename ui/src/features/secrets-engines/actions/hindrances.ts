import type { AuthorityFile } from '../../../ipc/bindings';
import { isAuthority, type AuthorityConfiguration } from '../../../ipc/configurations';
import { signingHindrance } from '../tree/standing';
import type { Branch } from '../tree/tree';

const unsigned = 'It is not signed yet.';
const elsewhere = 'It was signed elsewhere. Ask whoever signed it.';

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

/** Why an authority cannot get another key and certificate. */
export function rotationHindrance(authority: AuthorityConfiguration, branch: Branch): string | null {
  if (authority.data.certificate === undefined) return unsigned;
  if (authority.signing_method === 'external') return elsewhere;
  const signed = branch.below.find(({ view }) => isAuthority(view.configuration));
  if (signed) return `It signed the authority "${signed.view.configuration.name}", so it cannot be rotated in place.`;
  return parentHindrance(authority, branch);
}

/** Why the certificate of an authority cannot be revoked. */
export function revocationHindrance(authority: AuthorityConfiguration, branch: Branch): string | null {
  if (authority.data.certificate === undefined) return unsigned;
  if (authority.signing_method === 'external') return elsewhere;
  if (authority.status === 'revoked') return 'It was revoked before.';
  return branch.parent ? null : goneParent(authority);
}

/** Why an authority of this instance cannot sign it. */
export function parentHindrance(authority: AuthorityConfiguration, { parent }: Branch): string | null {
  if (!parent || !isAuthority(parent.configuration)) return goneParent(authority);
  const reason = signingHindrance(parent.configuration);
  return reason && `"${parent.configuration.name}", which signs it, cannot sign: ${reason}`;
}

function goneParent({ issuer }: AuthorityConfiguration): string {
  return `The authority "${issuer ?? ''}" that signs it is not there any more.`;
}
