import { Callout } from '@carbon/react';
import { useSyncExternalStore } from 'react';
import { commands, events } from '../../../ipc/bindings';
import { ProblemNotice } from '../../../components/problem-notice';
import { useAction } from '../../../components/use-action';
import { useIpcEvent } from '../../../components/use-ipc-event';
import { currentCopied, showCleared, watchCopied } from './clipboard';
import { useCountdown } from './use-countdown';

/** Says that a value is on the clipboard and when it will be cleared, and clears it at once if asked. */
export function ClipboardNotice() {
  const copied = useSyncExternalStore(watchCopied, currentCopied);
  const left = useCountdown(copied?.until ?? null, showCleared);
  const clear = useAction(async () => {
    await commands.clearClipboard();
    showCleared();
  });
  useIpcEvent(events.clipboardCleared, showCleared);

  if (!copied) return null;
  return (
    <div className="kt-clipboard">
      <Callout
        kind="info"
        lowContrast
        title={`Copied ${copied.what}.`}
        subtitle={`The clipboard is cleared in ${left} s.`}
        actionButtonLabel="Clear now"
        onActionButtonClick={() => void clear.run()}
      />
      <ProblemNotice error={clear.error} />
    </div>
  );
}
