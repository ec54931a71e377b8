import type { RotationForm, RotationOutlook } from '../../../ipc/bindings';
import { metadataText } from '../facts';
import type { RotatedTypeModule } from '../types/secret-type';

/** What a person entered for a rotation. It outlives a conflict. */
export type RotationDraft = {
  /** The type's own part. */
  input: unknown;
  /** The secret's metadata as edited; `null` as long as nobody touched it. */
  metadata: string | null;
  versionMetadata: string;
};

export function emptyRotation(type: RotatedTypeModule): RotationDraft {
  return { input: type.rotation.empty, metadata: null, versionMetadata: '' };
}

/** The draft beside the secret as it was read last. */
export function followed(type: RotatedTypeModule, draft: RotationDraft, outlook: RotationOutlook): RotationDraft {
  const { follow } = type.rotation;
  return follow ? { ...draft, input: follow(draft.input, outlook.secret.metadata) } : draft;
}

/** The secret's metadata as the field shows it. */
export function shownMetadata(draft: RotationDraft, outlook: RotationOutlook): string {
  return draft.metadata ?? metadataText(outlook.secret.metadata.custom_metadata);
}

/** Whether anything was entered. */
export function isFilled(type: RotatedTypeModule, draft: RotationDraft, outlook: RotationOutlook): boolean {
  const before = metadataText(outlook.secret.metadata.custom_metadata);
  return type.rotation.filled(draft.input) || draft.versionMetadata !== '' || shownMetadata(draft, outlook) !== before;
}

/**
 * The rotation that is asked for. On the wire blank metadata means "leave it", so metadata that was
 * emptied is sent as an empty object.
 */
export function rotationForm(type: RotatedTypeModule, draft: RotationDraft, outlook: RotationOutlook): RotationForm {
  const before = metadataText(outlook.secret.metadata.custom_metadata);
  const after = shownMetadata(draft, outlook).trim();
  return {
    revision: outlook.secret.revision,
    custom_metadata: after === before.trim() ? '' : after || '{}',
    version_custom_metadata: draft.versionMetadata,
    input: type.rotation.form(draft.input),
  };
}
