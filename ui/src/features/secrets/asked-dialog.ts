import { useEffect, useEffectEvent } from 'react';

/** What is asked for from outside the page: a dialog about one secret, or to add one, in the active instance or in the one named. */
export type AskedDialog = { instanceId?: string } & (
  | { action: 'add' }
  | { action: 'challenges' | 'details' | 'view' | 'rotate' | 'versions'; secretId: string }
);

/** The page is there in less; what comes later would come unannounced. */
const patience = 5_000;

let asked: { dialog: AskedDialog; until: number } | null = null;
const listeners = new Set<() => void>();

/** Opens a dialog of the page **Secrets**, now or as soon as the page is there. */
export function askForDialog(dialog: AskedDialog): void {
  asked = { dialog, until: performance.now() + patience };
  for (const listener of listeners) listener();
}

/**
 * Takes what was asked for. While something is open, with what was entered into it, it waits for a moment; so
 * it does until the page of the right instance is there.
 */
export function useAskedDialog(free: boolean, instanceId: string | undefined, take: (dialog: AskedDialog) => void): void {
  const look = useEffectEvent(() => {
    if (!free || !asked) return;
    if (asked.dialog.instanceId !== undefined && asked.dialog.instanceId !== instanceId) return;
    const { dialog, until } = asked;
    asked = null;
    if (performance.now() < until) take(dialog);
  });
  useEffect(() => {
    const listener = () => look();
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  useEffect(() => look(), [free, instanceId]);
}
