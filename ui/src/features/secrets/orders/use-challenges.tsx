import { useState } from 'react';
import { useOpener } from '../../../components/use-opener';
import type { SecretRef } from '../facts';
import { ChallengesDialog } from './challenges/challenges-dialog';

/** **Challenges** over the panel, or in the place of the dialog, that leads to it. */
export function useChallenges(secret: SecretRef, onClosed?: () => void) {
  const [open, setOpen] = useState(false);
  const opener = useOpener();

  return {
    show: () => {
      opener.remember();
      setOpen(true);
    },
    dialog: open && (
      <ChallengesDialog
        secret={{ id: secret.id, name: secret.name }}
        onClose={() => {
          setOpen(false);
          opener.giveBack();
          onClosed?.();
        }}
      />
    ),
  };
}
