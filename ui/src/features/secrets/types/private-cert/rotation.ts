import type { SecretMetadata } from '../../../../ipc/bindings';
import { emptyValue, type ValueDraft } from '../../fields/value';

/** A rotation while it is entered. */
export type PrivateCertRotation = {
  csr: ValueDraft;
  /** What is told of the secret; `null` as long as nothing is known. */
  of: { template: string; csrGiven: boolean } | null;
};

export const emptyRotation: PrivateCertRotation = { csr: emptyValue, of: null };

/** The draft beside the secret as it is now. */
export function followed(draft: PrivateCertRotation, metadata: SecretMetadata): PrivateCertRotation {
  if (metadata.secret_type !== 'private_cert') return draft;
  return { ...draft, of: { template: metadata.certificate_template, csrGiven: metadata.csr_given } };
}
