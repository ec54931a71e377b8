import type { SecretMetadata } from '../../../../ipc/bindings';
import { noCsr, type CsrDraft } from './csr';

/** A rotation while it is entered. */
export type PrivateCertRotation = {
  csr: CsrDraft;
  /** What is told of the secret; `null` as long as nothing is known. */
  of: { template: string; csrGiven: boolean; since: string } | null;
};

export const emptyRotation: PrivateCertRotation = { csr: noCsr, of: null };

/** The draft beside the secret as it is now. */
export function followed(draft: PrivateCertRotation, metadata: SecretMetadata): PrivateCertRotation {
  if (metadata.secret_type !== 'private_cert') return draft;
  const { certificate_template: template, csr_given: csrGiven, updated_at: since } = metadata;
  return { ...draft, of: { template, csrGiven, since } };
}
