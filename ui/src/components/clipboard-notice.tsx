import { Callout } from '@carbon/react';
import { useRef, useSyncExternalStore } from 'react';
import { commands, events } from '../ipc/bindings';
import { useFocusHeir } from './hand-focus-on';
import { ProblemNotice } from './problem-notice';
import { useAction } from './use-action';
import { useIpcEvent } from './use-ipc-event';
import { currentCopied, showCleared, watchCopied, type Copied } from './clipboard';
import { useCountdown } from './use-countdown';

/** Says that a value is on the clipboard and when it will be cleared, and clears it at once if asked. */
export function ClipboardNotice() {
  const copied = useSyncExternalStore(watchCopied, currentCopied);
  useIpcEvent(events.clipboardCleared, showCleared);
  return (
    <>
      {/* there before the first copy, and without the countdown, so that each copy is read out once */}
      <p role="status" className="cds--visually-hidden">
        {copied && `Copied ${copied.what}.`}
      </p>
      {copied && <CopiedNotice copied={copied} />}
    </>
  );
}

function CopiedNotice({ copied }: { copied: Copied }) {
  const notice = useRef<HTMLDivElement>(null);
  useFocusHeir(notice);
  const left = useCountdown(copied.until, showCleared);
  const clear = useAction(async () => {
    await commands.clearClipboard();
    showCleared();
  });
  return (
    <div ref={notice} className="kt-clipboard">
      <Callout
        kind="info"
        lowContrast
        title={`Copied ${copied.what} to the clipboard.`}
        subtitle={`Cleared in ${left} s, if it is still there.`}
        actionButtonLabel="Clear now"
        onActionButtonClick={() => void clear.run()}
      />
      <ProblemNotice error={clear.error} />
    </div>
  );
}
