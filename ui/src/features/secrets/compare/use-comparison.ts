import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Comparison, RevealedComparison } from '../../../ipc/bindings';
import { useSlow } from '../../../components/use-slow';
import { useShown } from '../view/use-shown';

/** Two values of a secret, and how to find out what differs. */
export type Pair = {
  /** Says which two they are: what was answered for one pair is nothing for another. */
  key: string;
  compare: () => Promise<Comparison>;
  reveal: () => Promise<RevealedComparison>;
};

type Answer = { key: string; comparison: Comparison | null; error: unknown };

/**
 * What differs between two values. Each question is recorded, so none is asked twice: not again for
 * the pair that was answered last, and after `delay` milliseconds only; `null`: when `run` is called.
 */
export function useComparison(pair: Pair | null, delay: number | null) {
  const key = pair?.key ?? null;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const asked = useRef<string | null>(null);

  async function run(): Promise<void> {
    if (!pair || asked.current === pair.key) return;
    asked.current = pair.key;
    if (answer?.key === pair.key && answer.comparison) return;
    setRunning(pair.key);
    const next = await answered(pair);
    if (asked.current !== pair.key) return;
    if (!next.comparison) asked.current = null;
    setRunning(null);
    setAnswer(next);
  }

  const later = useEffectEvent(() => void run());
  useEffect(() => {
    if (key === null || delay === null) return undefined;
    const timer = window.setTimeout(() => later(), delay);
    return () => window.clearTimeout(timer);
  }, [key, delay]);

  const shown = useShown(async () => {
    if (!pair) throw new Error('there is nothing to compare');
    return { ...(await pair.reveal()), key: pair.key };
  });
  const drop = useEffectEvent(() => {
    shown.hide();
    shown.show.clear();
  });
  useEffect(() => () => drop(), [key]);

  const values = shown.value?.key === key ? shown.value.comparison : null;
  const busy = running !== null && running === key;
  const isNewest = answer !== null && answer.key === key;
  return {
    /** The last answer; while the next one is on its way, it is about another pair. */
    comparison: answer?.comparison ?? null,
    isNewest,
    error: isNewest ? answer.error : null,
    busy,
    slow: useSlow(busy),
    run,
    values: {
      /** The comparison with them, while they are shown. */
      shown: values,
      left: shown.left,
      slow: shown.show.slow,
      error: shown.show.error,
      toggle: () => {
        if (values) shown.hide();
        else void shown.show.run();
      },
    },
  };
}

export type ComparisonValues = ReturnType<typeof useComparison>['values'];

async function answered({ key, compare }: Pair): Promise<Answer> {
  try {
    return { key, comparison: await compare(), error: null };
  } catch (error) {
    return { key, comparison: null, error };
  }
}
