import { useState } from 'react';
import type { Problem } from '../ipc/bindings';
import { ProblemNotice } from './problem-notice';

const unsaved: Problem = {
  code: 'conflict',
  message: 'Changes are not saved.',
  remedy: 'Go on with them, or close once more to drop them.',
};

/**
 * Asks once before what was entered is thrown away. What is entered afterwards makes another draft,
 * about which it asks anew.
 */
export function useLeaveGuard(draft: object, isFilled: () => boolean, onClose: () => void) {
  const [asked, setAsked] = useState<object | null>(null);
  const leaving = asked === draft;
  return {
    leaving,
    close: () => (!leaving && isFilled() ? setAsked(draft) : onClose()),
  };
}

/** The question of {@link useLeaveGuard}. */
export function UnsavedNotice({ leaving, onDrop }: { leaving: boolean; onDrop: () => void }) {
  return leaving && <ProblemNotice error={unsaved} action={{ label: 'Drop changes', run: onDrop }} />;
}
