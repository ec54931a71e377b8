import type { SecretEdit, SecretView } from '../../../ipc/bindings';
import { expirationOf, metadataText } from '../facts';
import { expirationAt, expirationDraft, type ExpirationDraft } from '../fields/expiration';

/** What can be edited, in the form in which it is edited. */
export type Editable = {
  name: string;
  description: string;
  labels: readonly string[];
  expiration: ExpirationDraft;
  metadata: string;
};

/** What was changed so far. What is not in here follows the secret, also when it is read again. */
export type Changes = Partial<Editable>;

export function editable({ metadata }: SecretView): Editable {
  return {
    name: metadata.name,
    description: metadata.description ?? '',
    labels: metadata.labels,
    expiration: expirationDraft(expirationOf(metadata)),
    metadata: metadataText(metadata.custom_metadata),
  };
}

/**
 * Only what differs from the secret. Blank metadata would mean "leave it" on the wire, so metadata
 * that was emptied is an empty object.
 */
export function secretEdit(secret: SecretView, changes: Changes): SecretEdit {
  const before = editable(secret);
  const edit: SecretEdit = {};
  const { name, description, labels, expiration, metadata } = changes;
  if (name !== undefined && name !== before.name) edit.name = name;
  if (description !== undefined && description !== before.description) edit.description = description;
  if (labels && labels.join('\n') !== before.labels.join('\n')) edit.labels = [...labels];
  if (metadata !== undefined && metadata.trim() !== before.metadata.trim())
    edit.custom_metadata = metadata.trim() || '{}';
  if (expiration && (expiration.on !== before.expiration.on || expiration.day !== before.expiration.day)) {
    const date = expirationAt(expiration);
    edit.expiration_date = date ? { kind: 'at', date } : { kind: 'never' };
  }
  return edit;
}

export function isEmpty(edit: SecretEdit): boolean {
  return Object.keys(edit).length === 0;
}
