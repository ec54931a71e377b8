import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { toProblem } from '../../../ipc/problem';
import type { Problem } from '../../../ipc/bindings';

const checkAfter = 250;

type Check = {
  problem: Problem | null;
  /** Checks at once: when the field is left, or before going on. */
  now: () => Promise<Problem | null>;
};

/**
 * Checks a field a moment after it changed, with the rules of Rust. What nobody touched is not
 * criticised until `now` is called.
 */
export function useCheck<Value>(value: Value, check: (value: Value) => Promise<Problem | null>): Check {
  const [found, setFound] = useState<{ value: Value; problem: Problem | null } | null>(null);
  const first = useRef(value);
  const newest = useRef(value);

  async function now(): Promise<Problem | null> {
    newest.current = value;
    const problem = await check(value).catch(toProblem);
    if (newest.current === value) setFound({ value, problem });
    return problem;
  }

  const later = useEffectEvent(() => void now());
  useEffect(() => {
    if (value === first.current) return undefined;
    const timer = window.setTimeout(() => later(), checkAfter);
    return () => window.clearTimeout(timer);
  }, [value]);

  // a verdict stays until the next one, so that an error does not flicker while it is being mended
  return { problem: found?.problem ?? null, now };
}
