import type { SecretMetadata } from '../../../../ipc/bindings';

/** A rotation: nothing is entered. */
export type IamCredentialsRotation = {
  /** What is told of the secret; `null` as long as nothing is known. */
  of: { serviceIdStays: boolean; ends: string | null } | null;
};

export const emptyRotation: IamCredentialsRotation = { of: null };

/** The draft beside the secret as it is now. */
export function followed(draft: IamCredentialsRotation, metadata: SecretMetadata): IamCredentialsRotation {
  if (metadata.secret_type !== 'iam_credentials') return draft;
  return { of: { serviceIdStays: metadata.service_id_is_static, ends: metadata.expiration_date ?? null } };
}
