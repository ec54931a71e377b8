import { Button, InlineLoading, Stack } from '@carbon/react';
import { useEffect, useRef } from 'react';
import { ProblemNotice } from '../../components/problem-notice';
import { useAction } from '../../components/use-action';
import type { Problem } from '../../ipc/bindings';

type UnlockByKeyringProps = {
  unlock: () => Promise<void>;
  /** Why the keyring did not help when it was last asked. */
  earlier: Problem | null;
  takesFocus: boolean;
  /** What else opens the vault. */
  instead: { label: string; run: () => void } | undefined;
};

export function UnlockByKeyring({ unlock, earlier, takesFocus, instead }: UnlockByKeyringProps) {
  const open = useAction(unlock);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  const trouble = open.busy ? null : (open.error ?? earlier);

  return (
    <Stack gap={5}>
      <Button ref={button} onClick={open.run}>
        Unlock with keyring
      </Button>
      {open.slow && <InlineLoading description="Asking the keyring… It may want its own password." />}
      {/* the field names of other methods do not matter here: the keyring has none */}
      <ProblemNotice error={trouble} {...(instead && { action: instead })} />
    </Stack>
  );
}
