import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { commands, events, type Checked } from '../../../../ipc/bindings';
import { useFrameBatch } from '../../../../components/use-frame-batch';
import { useIpcEvent } from '../../../../components/use-ipc-event';
import { wantedKey } from './records';

const pause = 10_000;
/** Rows that are drawn anew in one frame. */
const rowsAtOnce = 10;

type DnsCheck = {
  secretId: string;
  /** Which records are asked for: those to be set, or with `true` those to be removed. */
  gone: boolean;
  /** Names the records; what was found for others is forgotten. */
  records: readonly string[];
  isDone: (checked: Checked) => boolean;
  /** Whether it starts by itself. */
  begins: boolean;
};

/** What was found so far, by record; one that is asked for anew keeps its answer until then. */
export type Found = ReadonlyMap<string, Checked>;

const nothing: Found = new Map();

/** **Check DNS**: asks, shows each answer as it comes, and asks again after a while until all is done. */
export function useDnsCheck({ secretId, gone, records, isDone, begins }: DnsCheck) {
  const key = `${gone} ${records.join('\n')}`;
  const [kept, setFound] = useState({ key, found: nothing });
  // what the person wants, or what came of it; a new task begins by its own rule
  const [wish, setWish] = useState<{ gone: boolean; on: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ key: string; error: unknown } | null>(null);
  const [rounds, setRounds] = useState({ key, count: 0 });
  const asking = useRef<string | null>(null);
  const hidden = useHidden();
  const on = wish?.gone === gone ? wish.on : begins;
  const found = kept.key === key ? kept.found : nothing;
  const done = isAllDone(found, records, isDone);
  const round = rounds.key === key ? rounds.count : 0;

  function keep(answers: readonly Checked[]): void {
    setFound((before) => ({ key, found: merged(before.key === key ? before.found : nothing, answers) }));
  }
  // a row each time would draw the table a hundred times, and all rows at once hold the page up
  const arrived = useFrameBatch(rowsAtOnce, keep);

  const ask = useEffectEvent(async () => {
    if (asking.current === key) return;
    asking.current = key;
    setBusy(true);
    setRefused(null);
    try {
      const checked = await commands.checkDns(secretId, gone);
      // the order may be another one by now
      if (asking.current !== key) return;
      // what was told of a record by its event is the same, and draws nothing
      arrived.drop();
      arrived.add(...checked);
      await arrived.rest();
      if (asking.current !== key) return;
      if (isAllDone(merged(nothing, checked), records, isDone)) setWish({ gone, on: false });
    } catch (error) {
      if (asking.current !== key) return;
      setRefused({ key, error });
      setWish({ gone, on: false });
    }
    asking.current = null;
    setBusy(false);
    setRounds({ key, count: round + 1 });
  });

  useIpcEvent(events.dnsRecordChecked, ({ secret_id, checked }) => {
    if (secret_id === secretId && asking.current === key) arrived.add(checked);
  });

  useEffect(() => {
    if (!on || hidden) return undefined;
    const timer = window.setTimeout(() => void ask(), round === 0 ? 0 : pause);
    return () => window.clearTimeout(timer);
  }, [on, hidden, round, key]);

  return {
    found,
    /** It repeats. */
    on,
    busy,
    done,
    error: refused?.key === key ? refused.error : null,
    start: () => {
      // the first look is not put off, also when it waits for the next one
      setRounds({ key, count: 0 });
      setWish({ gone, on: true });
    },
    stop: () => setWish({ gone, on: false }),
  };
}

/** The answers beside those before; one that says the same stays the same, so that its row does too. */
function merged(before: Found, answers: readonly Checked[]): Found {
  const after = new Map(before);
  for (const checked of answers) {
    const record = wantedKey(checked.record);
    after.set(record, replaceEqualDeep(before.get(record), checked));
  }
  return after;
}

function isAllDone(found: Found, records: readonly string[], isDone: (checked: Checked) => boolean): boolean {
  return (
    records.length > 0 &&
    records.every((record) => {
      const checked = found.get(record);
      return checked !== undefined && isDone(checked);
    })
  );
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
