import { useRef, useState } from 'react';
import { useSlow } from './use-slow';

export type Action<Args extends unknown[], Result> = {
  /** Does it, unless it is being done: a second click changes nothing. */
  run: (...args: Args) => Promise<Result | undefined>;
  busy: boolean;
  /** Busy for so long that progress is to be shown. */
  slow: boolean;
  error: unknown;
  clear: () => void;
};

/**
 * Something a person sets off. Arguments and result are kept nowhere, unlike those of a mutation in
 * the query cache: they may hold a value.
 */
export function useAction<Args extends unknown[], Result>(
  perform: (...args: Args) => Promise<Result>,
): Action<Args, Result> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);

  async function run(...args: Args): Promise<Result | undefined> {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      return await perform(...args);
    } catch (rejection) {
      setError(rejection);
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return { run, busy, slow: useSlow(busy), error, clear: () => setError(null) };
}
