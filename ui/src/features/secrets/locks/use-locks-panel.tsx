import { useState } from 'react';
import { useOpener } from '../../../components/use-opener';
import type { SecretRef } from '../facts';
import { LocksPanel } from './locks-panel';

/** **Locks** over the panel, or in the place of the dialog, that leads to it. */
export function useLocksPanel(secret: SecretRef, onClosed?: () => void) {
  const [open, setOpen] = useState(false);
  const opener = useOpener();

  function show(): void {
    opener.remember();
    setOpen(true);
  }

  return {
    show,
    panel: open && (
      <LocksPanel
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
