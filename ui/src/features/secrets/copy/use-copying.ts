import { useEffect, useRef, useState } from 'react';
import { commands, events, type CopyReport, type Problem } from '../../../ipc/bindings';
import { toProblem } from '../../../ipc/problem';
import { useIpcEvent } from '../../../components/use-ipc-event';
import { requestOf, type CopyWish } from './copy-queries';

/** What became of one secret. */
export type Copied = { id: string; name: string } & (
  | { receipt: CopyReport }
  | { problem: Problem }
  | { removed: true }
  /** It was not begun. */
  | { ended: true }
);

/** How far the copying is. */
export type CopyProgress = { name: string; done: number; total: number; nth: number; of: number };

/** A secret to copy, or why it stays behind. */
type Wanted = { id: string; name: string; hindrance: Problem | null };

/**
 * Copies secrets one after the other, and tells of those that stay behind, too. It ends between two
 * versions when the person says so.
 */
export function useCopying() {
  const [progress, setProgress] = useState<CopyProgress | null>(null);
  const [results, setResults] = useState<readonly Copied[] | null>(null);
  const ended = useRef(false);

  useIpcEvent(events.copyProgressed, ({ done, total }) => setProgress((now) => now && { ...now, done, total }));

  // nobody would see what becomes of the rest
  useEffect(
    () => () => {
      ended.current = true;
    },
    [],
  );

  const wasEnded = () => ended.current;

  async function run(wanted: readonly Wanted[], wish: CopyWish): Promise<void> {
    ended.current = false;
    const copied: Copied[] = [];
    const of = wanted.filter(({ hindrance }) => hindrance === null).length;
    let nth = 0;
    for (const { id, name, hindrance } of wanted) {
      if (hindrance) {
        copied.push({ id, name, problem: hindrance });
        continue;
      }
      if (wasEnded()) {
        copied.push({ id, name, ended: true });
        continue;
      }
      setProgress({ name, done: 0, total: 0, nth: ++nth, of });
      try {
        copied.push({ id, name, receipt: await commands.copySecret(wish.target, requestOf(id, wish)) });
      } catch (refusal) {
        copied.push({ id, name, problem: toProblem(refusal) });
      }
    }
    setProgress(null);
    setResults(copied);
  }

  function end(): void {
    ended.current = true;
    void commands.cancelCopy();
  }

  /** Removes what an unfinished copy left there. */
  async function remove(copied: Copied, target: string): Promise<void> {
    if (!('receipt' in copied) || !copied.receipt.secret_id) return;
    await commands.removeCopy(target, copied.receipt.secret_id);
    const { id, name } = copied;
    setResults((now) => now?.map((other) => (other.id === id ? { id, name, removed: true } : other)) ?? null);
  }

  return { progress, results, run, end, remove };
}
