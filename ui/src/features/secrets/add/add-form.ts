import type { NewSecretForm } from '../../../ipc/bindings';
import { defaultGroup } from '../../../ipc/groups';
import { reminderFault, reminderInput, type ReminderDraft } from '../fields/reminder';
import type { Missing, SecretTypeModule } from '../types/secret-type';

/** A new secret while it is entered. */
export type AddDraft = {
  name: string;
  description: string;
  /** Id of the secret group. */
  group: string;
  labels: readonly string[];
  metadata: string;
  versionMetadata: string;
  /** Kept, but not sent, while the instance rotates by itself. */
  reminder: ReminderDraft;
  /** The part of its type. */
  detail: unknown;
};

export type Step = 'type' | 'general' | 'detail' | 'review';

export const steps: readonly Step[] = ['type', 'general', 'detail', 'review'];

export const generalFields = [
  'name',
  'description',
  'secret_group_id',
  'labels',
  'custom_metadata',
  'version_custom_metadata',
];

export function emptyDraft(type: SecretTypeModule): AddDraft {
  return {
    name: '',
    description: '',
    group: defaultGroup,
    labels: [],
    metadata: '',
    versionMetadata: '',
    reminder: null,
    detail: type.add.empty,
  };
}

/** Whether anything was entered; type and group alone are no loss. */
export function isFilled(type: SecretTypeModule, draft: AddDraft): boolean {
  const { name, description, labels, metadata, versionMetadata, reminder, detail } = draft;
  return [name, description, ...labels, metadata, versionMetadata, reminder].some(Boolean) || type.add.filled(detail);
}

/** Whether a person is to be reminded, which nobody needs to be of what the instance rotates. */
export function remindable(type: SecretTypeModule, { detail }: AddDraft): boolean {
  return type.add.rotatesAlone?.(detail) !== true;
}

/** What the person still has to do in the step of the type. */
export function detailMissing(type: SecretTypeModule, draft: AddDraft): Missing {
  const fault = remindable(type, draft) ? reminderFault(draft.reminder) : null;
  return type.add.missing(draft.detail) ?? (fault === null ? null : { field: 'reminder', message: fault });
}

/** Names of the fields on the wire that the step of the type shows. */
export function detailFields(type: SecretTypeModule): string[] {
  return [...type.add.fields, 'reminder'];
}

export function newSecretForm(type: SecretTypeModule, draft: AddDraft): NewSecretForm {
  return {
    name: draft.name,
    description: draft.description,
    secret_group_id: draft.group,
    labels: [...draft.labels],
    custom_metadata: draft.metadata,
    version_custom_metadata: draft.versionMetadata,
    reminder: remindable(type, draft) ? reminderInput(draft.reminder) : null,
    detail: type.add.form(draft.detail),
  };
}

/** The step that shows the field a refusal is about. */
export function stepOf(field: string | undefined, type: SecretTypeModule): Step {
  if (field !== undefined && generalFields.includes(field)) return 'general';
  if (field !== undefined && detailFields(type).includes(field)) return 'detail';
  return 'review';
}
