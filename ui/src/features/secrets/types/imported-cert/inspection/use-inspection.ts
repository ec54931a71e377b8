import { useEffect, useState } from 'react';
import { commands, type Inspection } from '../../../../../ipc/bindings';
import { useSlow } from '../../../../../components/use-slow';
import type { PartName } from '../parts/part';
import { partNames, partsInput, type Parts } from '../parts/parts';
import { inspectionOf, remember } from './verdict';

// as long as one types, nothing is asked
const pause = 300;

type Asked = {
  /** The secret they are to become the next version of; `null`: a new one. */
  secretId: string | null;
  parts: Parts;
  names?: readonly PartName[];
  /** When that secret last changed: then it is asked anew. */
  since?: string;
};

type Answer = { parts: Parts; since: string; inspection: Inspection | null; error: unknown };

/** What Rust finds out about the parts, a moment after one changed. */
export function useInspection({ secretId, parts, names = partNames, since = '' }: Asked) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [again, setAgain] = useState(0);
  const [asking, setAsking] = useState<Parts | null>(null);
  // what a new secret has none of is nothing to look at; a rotation shows the current version at least
  const isNothing = secretId === null && Object.values(partsInput(parts, names)).every((part) => part === null);
  const before = inspectionOf(parts, since);

  useEffect(() => {
    if (isNothing || before) return undefined;
    let over = false;
    const take = (found: Partial<Answer>) => {
      if (over) return;
      if (found.inspection) remember(parts, since, found.inspection);
      setAnswer({ parts, since, inspection: null, error: null, ...found });
      setAsking(null);
    };
    const timer = window.setTimeout(() => {
      setAsking(parts);
      commands.inspectCertificate(secretId, partsInput(parts, names)).then(
        (inspection) => take({ inspection }),
        (error: unknown) => take({ error }),
      );
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [secretId, parts, names, since, isNothing, before, again]);

  const newest = answer !== null && answer.parts === parts && answer.since === since;
  return {
    /** The last answer; while the next one is on its way, it is about other parts. */
    inspection: isNothing ? null : (before ?? answer?.inspection ?? null),
    isNewest: before !== null || newest,
    error: newest ? answer.error : null,
    slow: useSlow(asking === parts),
    tryAgain: () => setAgain((times) => times + 1),
  };
}
