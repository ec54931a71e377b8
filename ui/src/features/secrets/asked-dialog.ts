import { useEffect, useEffectEvent } from 'react';

/** What is asked for from outside the page: a dialog about one secret. */
export type AskedDialog = { action: 'challenges'; secretId: string };

let asked: AskedDialog | null = null;
const listeners = new Set<() => void>();

/** Opens a dialog of the page **Secrets**, now or as soon as the page is there and nothing else is open on it. */
export function askForDialog(dialog: AskedDialog): void {
  asked = dialog;
  for (const listener of listeners) listener();
}

/** Takes what was asked for. While something is open, with what was entered into it, it waits. */
export function useAskedDialog(free: boolean, take: (dialog: AskedDialog) => void): void {
  const look = useEffectEvent(() => {
    if (!free || !asked) return;
    const dialog = asked;
    asked = null;
    take(dialog);
  });
  useEffect(() => {
    const listener = () => look();
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  useEffect(() => look(), [free]);
}
