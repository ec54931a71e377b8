import type { NewSecretForm } from '../../../ipc/bindings';
import type { SecretTypeModule } from '../types/secret-type';

/** A new secret while it is entered. */
export type AddDraft = {
  name: string;
  description: string;
  labels: readonly string[];
  metadata: string;
  versionMetadata: string;
  /** The part of its type. */
  detail: unknown;
};

export type Step = 'type' | 'general' | 'detail' | 'review';

export const steps: readonly Step[] = ['type', 'general', 'detail', 'review'];

export const generalFields = ['name', 'description', 'labels', 'custom_metadata', 'version_custom_metadata'];

export function emptyDraft(type: SecretTypeModule): AddDraft {
  return { name: '', description: '', labels: [], metadata: '', versionMetadata: '', detail: type.add.empty };
}

/** Whether anything was entered; the type alone is no loss. */
export function isFilled(type: SecretTypeModule, draft: AddDraft): boolean {
  const { name, description, labels, metadata, versionMetadata, detail } = draft;
  return [name, description, ...labels, metadata, versionMetadata].some(Boolean) || type.add.filled(detail);
}

export function newSecretForm(type: SecretTypeModule, draft: AddDraft): NewSecretForm {
  return {
    name: draft.name,
    description: draft.description,
    // choosing a group comes with secret groups
    secret_group_id: 'default',
    labels: [...draft.labels],
    custom_metadata: draft.metadata,
    version_custom_metadata: draft.versionMetadata,
    detail: type.add.form(draft.detail),
  };
}

/** The step that shows the field a refusal is about. */
export function stepOf(field: string | undefined, type: SecretTypeModule): Step {
  if (field !== undefined && generalFields.includes(field)) return 'general';
  if (field !== undefined && type.add.fields.includes(field)) return 'detail';
  return 'review';
}
