import { useEffect, useEffectEvent, useState } from 'react';
import { commands, type Problem, type RotationOutlook, type VersionView } from '../../../ipc/bindings';
import { isProblem } from '../../../ipc/problem';
import { giveBack } from '../../../components/file-drops';
import { useAction } from '../../../components/use-action';
import { checkMetadata } from '../fields/checks';
import { useCheck } from '../fields/use-check';
import type { SecretTypeModule } from '../types/secret-type';
import { emptyRotation, rotationForm, shownMetadata, type RotationDraft } from './rotation-draft';

type Rotation = {
  type: SecretTypeModule;
  outlook: RotationOutlook;
  reload: () => Promise<unknown>;
  onRotated: (version: VersionView) => void;
};

/** Entering, checking and sending a rotation; a refusal keeps what was entered. */
export function useRotation({ type, outlook, reload, onRotated }: Rotation) {
  const [draft, setDraft] = useState<RotationDraft>(() => emptyRotation(type));
  const [missing, setMissing] = useState<Problem | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const { id } = outlook.secret.metadata;

  const metadata = useCheck(shownMetadata(draft, outlook), (text) => checkMetadata('custom_metadata', text));
  const versionMetadata = useCheck(draft.versionMetadata, (text) => checkMetadata('version_custom_metadata', text));

  const rotate = useAction(async () => {
    const lacks = type.rotation.missing(draft.input);
    setMissing(lacks && { code: 'bad_request', message: lacks.message, target: { type: 'field', name: lacks.field } });
    const faults = await Promise.all([metadata.now(), versionMetadata.now()]);
    if (lacks || faults.some(Boolean)) return;
    const version = await commands.rotateSecret(id, rotationForm(type, draft, outlook));
    onRotated(version);
  });

  const review = useAction(async () => {
    await reload();
    rotate.clear();
    setReviewing(true);
  });

  // Rust forgets a file by itself when it was used; one that was not is given back
  const leave = useEffectEvent(() => type.rotation.files(draft.input).forEach(giveBack));
  useEffect(() => () => leave(), []);

  function change(next: Partial<RotationDraft>): void {
    if ('input' in next) setMissing(null);
    setDraft((before) => ({ ...before, ...next }));
  }

  return {
    draft,
    change,
    missing,
    metadata,
    versionMetadata,
    rotate,
    review,
    /** Somebody changed the secret since it was read. */
    conflict: isProblem(rotate.error) && rotate.error.code === 'conflict',
    /** The outlook was read again after a conflict. */
    reviewing,
  };
}
