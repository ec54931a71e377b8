import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { commands, type Problem, type RotationOutlook, type VersionView } from '../../../ipc/bindings';
import { fieldProblem, isConflict, toProblem } from '../../../ipc/problem';
import { giveBack } from '../../../components/file-drops';
import { useAction } from '../../../components/use-action';
import { checkMetadata } from '../fields/checks';
import { useCheck } from '../fields/use-check';
import type { RotatedTypeModule } from '../types/secret-type';
import { emptyRotation, followed, isFilled, rotationForm, shownMetadata, type RotationDraft } from './rotation-draft';

// a second click that soon is not about what the first one brought up
const readingTime = 700;

type Rotation = {
  type: RotatedTypeModule;
  outlook: RotationOutlook;
  reload: () => Promise<unknown>;
  onRotated: (version: VersionView) => void;
};

/** Entering, checking and sending a rotation; a refusal keeps what was entered. */
export function useRotation({ type, outlook, reload, onRotated }: Rotation) {
  const [entered, setDraft] = useState<RotationDraft>(() => emptyRotation(type));
  // the same one as long as nothing changes: whoever leaves is asked about it once
  const draft = useMemo(() => followed(type, entered, outlook), [type, entered, outlook]);
  const [missing, setMissing] = useState<Problem | null>(null);
  const [stopped, setStopped] = useState<Problem | null>(null);
  const stoppedAt = useRef(-readingTime);
  const [reviewing, setReviewing] = useState(false);
  const { id } = outlook.secret.metadata;

  const metadata = useCheck(shownMetadata(draft, outlook), (text) => checkMetadata('custom_metadata', text));
  const versionMetadata = useCheck(draft.versionMetadata, (text) => checkMetadata('version_custom_metadata', text));

  const rotate = useAction(async () => {
    const now = Date.now();
    if (now - stoppedAt.current < readingTime) {
      stoppedAt.current = now;
      return;
    }
    setStopped(null);
    const lacks = type.rotation.missing(draft.input);
    const [fault] = (await Promise.all([metadata.now(), versionMetadata.now()])).filter((problem) => problem !== null);
    setMissing(lacks ? fieldProblem(lacks.field, lacks.message) : (fault ?? null));
    if (lacks || fault) return;
    const refusal = (await type.rotation.refusal?.(draft.input, id)) ?? null;
    if (refusal) {
      stoppedAt.current = Date.now();
      setStopped(refusal);
      return;
    }
    try {
      onRotated(await commands.rotateSecret(id, rotationForm(type, draft, outlook)));
    } catch (refusal) {
      // Rust keeps a picked file for half an hour; sending its token again would only fail again
      const { code, target } = toProblem(refusal);
      if (code === 'file' || target?.name === 'file') {
        setDraft((before) => ({ ...before, input: type.rotation.withoutFiles(before.input) }));
      }
      throw refusal;
    }
  });
  const conflict = isConflict(rotate.error);

  const review = useAction(async () => {
    await reload();
    rotate.clear();
    setReviewing(true);
  });

  // Rust forgets a file by itself when it was used; one that was not is given back
  const leave = useEffectEvent(() => type.rotation.files(draft.input).forEach(giveBack));
  useEffect(() => () => leave(), []);

  function change(next: Partial<RotationDraft>): void {
    setMissing(null);
    setStopped(null);
    stoppedAt.current = -readingTime;
    // a conflict is not mended by typing
    if (!conflict) rotate.clear();
    setDraft((before) => ({ ...before, ...next }));
  }

  return {
    draft,
    change,
    missing,
    /** Why it was not sent yet, although nothing is missing. */
    stopped,
    metadata,
    versionMetadata,
    rotate,
    review,
    isFilled: () => isFilled(type, draft, outlook),
    conflict,
    /** The outlook was read again after a conflict. */
    reviewing,
  };
}
