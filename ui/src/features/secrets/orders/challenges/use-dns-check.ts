import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { commands, events, type Checked } from '../../../../ipc/bindings';
import { useIpcEvent } from '../../../../components/use-ipc-event';

const pause = 10_000;

type DnsCheck = {
  secretId: string;
  /** Which records are asked for: those to be set, or with `true` those to be removed. */
  gone: boolean;
  /** Names the records; what was found for others is forgotten. */
  records: readonly string[];
  isDone: (checked: Checked) => boolean;
};

/** What was found so far, by the place of the record; one that is asked for anew keeps its answer until then. */
type Found = { key: string; checked: readonly (Checked | undefined)[] };

/** **Check DNS**: asks, shows each answer as it comes, and asks again after a while until all is done. */
export function useDnsCheck({ secretId, gone, records, isDone }: DnsCheck) {
  const key = `${gone} ${records.join('\n')}`;
  const [kept, setFound] = useState<Found>({ key, checked: [] });
  const [on, setOn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [rounds, setRounds] = useState(0);
  const asking = useRef<string | null>(null);
  const hidden = useHidden();
  const found: Found = kept.key === key ? kept : { key, checked: [] };
  const done = isAllDone(found.checked, records.length, isDone);

  const ask = useEffectEvent(async () => {
    if (asking.current === key) return;
    asking.current = key;
    setBusy(true);
    setError(null);
    try {
      const checked = await commands.checkDns(secretId, gone);
      // the order may be another one by now
      if (asking.current !== key) return;
      setFound({ key, checked });
      if (isAllDone(checked, records.length, isDone)) setOn(false);
    } catch (refusal) {
      if (asking.current !== key) return;
      setError(refusal);
      setOn(false);
    }
    asking.current = null;
    setBusy(false);
    setRounds((before) => before + 1);
  });

  useIpcEvent(events.dnsRecordChecked, ({ secret_id, index, checked }) => {
    if (secret_id !== secretId || asking.current !== key || index >= records.length) return;
    setFound((before) => {
      const next = before.key === key ? [...before.checked] : [];
      next[index] = checked;
      return { key, checked: next };
    });
  });

  useEffect(() => {
    if (!on || hidden) return undefined;
    const timer = window.setTimeout(() => void ask(), rounds === 0 ? 0 : pause);
    return () => window.clearTimeout(timer);
  }, [on, hidden, rounds, key]);

  return {
    found: found.checked,
    /** It repeats. */
    on,
    busy,
    done,
    error,
    start: () => {
      // the first look is not put off, also when it waits for the next one
      setRounds(0);
      setOn(true);
    },
    stop: () => setOn(false),
  };
}

function isAllDone(
  checked: readonly (Checked | undefined)[],
  total: number,
  isDone: (checked: Checked) => boolean,
): boolean {
  if (total === 0) return false;
  for (let at = 0; at < total; at += 1) {
    const one = checked[at];
    if (!one || !isDone(one)) return false;
  }
  return true;
}

/** Whether the window is out of sight. */
function useHidden(): boolean {
  const [hidden, setHidden] = useState(document.hidden);
  useEffect(() => {
    const look = () => setHidden(document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return hidden;
}
