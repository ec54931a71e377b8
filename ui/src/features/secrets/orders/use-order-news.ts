import { events } from '../../../ipc/bindings';
import { useToasts } from '../../../components/toasts';
import { useIpcEvent } from '../../../components/use-ipc-event';
import { askForDialog } from '../asked-dialog';
import { isLookedAt } from './looked-at';

/** Tells that an order has ended while one looks elsewhere, and leads to it; `onSecrets` goes to the page. */
export function useOrderNews(onSecrets: () => void): void {
  const showToast = useToasts();
  useIpcEvent(events.orderEnded, ({ secret_id: secretId, name, issued }) => {
    if (isLookedAt(secretId)) return;
    // there is the reason of a failure, and what is left to do after a success
    const action = {
      label: 'Challenges',
      run: () => {
        askForDialog({ action: 'challenges', secretId });
        onSecrets();
      },
    };
    showToast(
      issued
        ? { title: `${name}: certificate issued`, action }
        : { title: `${name}: order failed`, kind: 'warning', action },
    );
  });
}
