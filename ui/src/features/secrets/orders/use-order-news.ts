import { events } from '../../../ipc/bindings';
import { whyStay } from '../../../components/open-input';
import { useToasts } from '../../../components/toasts';
import { useIpcEvent } from '../../../components/use-ipc-event';
import { askForDialog } from '../asked-dialog';
import { isLookedAt } from './looked-at';

/** Tells that an order has ended while one looks elsewhere, and leads to it; `onSecrets` goes to the page. */
export function useOrderNews(onSecrets: () => void): void {
  const showToast = useToasts();
  function leave(secretId?: string): string | null {
    const hindrance = whyStay();
    if (hindrance !== null) return hindrance;
    if (secretId !== undefined) askForDialog({ action: 'challenges', secretId });
    onSecrets();
    return null;
  }
  useIpcEvent(events.orderEnded, ({ secret_id: secretId, name, issued }) => {
    if (isLookedAt(secretId)) return;
    showToast({
      ...(issued
        ? { title: `${name}: certificate issued` }
        : { title: `${name}: order failed`, kind: 'warning' }),
      // there is the reason of a failure, and what is left to do after a success
      action: { label: 'Challenges', run: () => leave(secretId) },
      many: {
        kind: 'order-ended',
        title: (count) => `${count} orders ended`,
        // the list tells of each what became of it
        action: { label: 'Secrets', run: () => leave() },
      },
    });
  });
}
