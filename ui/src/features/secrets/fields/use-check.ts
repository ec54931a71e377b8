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
  const [first] = useState(value);
  const newest = useRef(value);

  async function now(): Promise<Problem | null> {
    newest.current = value;
    const problem = await check(value).catch(toProblem);
    if (newest.current === value) setFound({ value, problem });
    return problem;
  }

  const later = useEffectEvent(() => void now());
  useEffect(() => {
    if (value === first) return undefined;
    const timer = window.setTimeout(() => later(), checkAfter);
    return () => window.clearTimeout(timer);
  }, [value, first]);

  // a verdict stays until the next one, so that an error does not flicker while it is being mended;
  // none comes for the text of the beginning, which ends the matter by itself
  const over = found !== null && value === first && found.value !== first;
  return { problem: over ? null : (found?.problem ?? null), now };
}
