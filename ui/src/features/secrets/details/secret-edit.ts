import type { SecretEdit, SecretView } from '../../../ipc/bindings';
import { expirationOf, metadataText, policyOf } from '../facts';
import { autoRotation, rotationPolicy, sameRotation, type AutoRotation } from '../fields/auto-rotation';
import { expirationAt, expirationDraft, type ExpirationDraft } from '../../../components/expiration';
import { lifetimeFrom, ttlSeconds, ttlText, type Lifetime } from '../../../components/lifetime';
import { sameInterval } from '../fields/interval';
import { reminderDraft, reminderInput, type ReminderDraft } from '../fields/reminder';

/** What can be edited, in the form in which it is edited. */
export type Editable = {
  name: string;
  description: string;
  labels: readonly string[];
  rotation: AutoRotation;
  reminder: ReminderDraft;
  /** How long an API key lives; `null`: the type has none. */
  ttl: Lifetime | null;
  expiration: ExpirationDraft;
  metadata: string;
};

/** What was changed so far. What is not in here follows the secret, also when it is read again. */
export type Changes = Partial<Editable>;

export function editable({ metadata, reminder }: SecretView): Editable {
  return {
    name: metadata.name,
    description: metadata.description ?? '',
    labels: metadata.labels,
    rotation: autoRotation(policyOf(metadata)),
    reminder: reminderDraft(reminder),
    ttl: metadata.secret_type === 'iam_credentials' ? lifetimeFrom(metadata.ttl, 'day') : null,
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
  return { ...edit, ...planEdit(secret, before, changes) };
}

/** Lease, policy and reminder. Automatic rotation ends a reminder, which is not said twice. */
function planEdit(secret: SecretView, before: Editable, changes: Changes): SecretEdit {
  const { rotation = before.rotation, reminder = before.reminder } = changes;
  const edit: SecretEdit = {};
  if (changes.ttl && !sameLease(changes.ttl, before.ttl)) edit.ttl = ttlText(changes.ttl) ?? '';
  if (!sameRotation(rotation, before.rotation)) edit.rotation = rotationPolicy(rotation);
  if (!rotation.on && !sameReminder(reminder, before.reminder)) {
    const input = reminderInput(reminder, secret.reminder);
    edit.reminder = input ? { kind: 'set', reminder: input } : { kind: 'never' };
  }
  return edit;
}

function sameLease(one: Lifetime, other: Lifetime | null): boolean {
  return other !== null && ttlSeconds(ttlText(one)) === ttlSeconds(ttlText(other));
}

function sameReminder(one: ReminderDraft, other: ReminderDraft): boolean {
  return one && other ? sameInterval(one, other) : one === other;
}

export function isEmpty(edit: SecretEdit): boolean {
  return Object.keys(edit).length === 0;
}
