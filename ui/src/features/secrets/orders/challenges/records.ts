import type { Challenge, OrderView, ZonePlace } from '../../../../ipc/bindings';
import { isOver } from '../stage-words';

/** A TXT record of an order, beside that of the order before. */
export type RecordMark = 'new' | 'same' | null;

/** A row of the table of records. */
export type RecordRow = {
  key: string;
  challenge: Challenge;
  /** Where it belongs; `null`: no zone was found, or is not known yet. */
  place: ZonePlace | null;
  mark: RecordMark;
  /** Its place in what a look-up answers; `null`: it is not looked up. */
  index: number | null;
};

/** The records that are still to be set, each once, in the order in which a look-up answers them. */
export function openRecords({ challenges }: OrderView): Challenge[] {
  return distinct(challenges.filter(({ status }) => status !== 'valid'));
}

/** The records of this order and of the one before, which are to be removed, in the order of a look-up. */
export function setRecords({ challenges, former }: OrderView): Challenge[] {
  return distinct([...challenges, ...former]);
}

/** The records of the order before that this one does not use. */
export function obsoleteRecords({ stage, challenges, former }: OrderView): Challenge[] {
  // what it needs is not known while it is placed
  if (isOver(stage) || stage === 'placing') return [];
  const used = challenges.map(recordKey);
  return distinct(former).filter((record) => !used.includes(recordKey(record)));
}

/** The rows for all challenges of an order. */
export function recordRows(order: OrderView, places: readonly (ZonePlace | null)[]): RecordRow[] {
  const open = openRecords(order).map(challengeKey);
  const before = order.former.map(recordKey);
  return order.challenges.map((challenge, at) => {
    const index = open.indexOf(challengeKey(challenge));
    return {
      key: `${at} ${challengeKey(challenge)}`,
      challenge,
      place: places[at] ?? null,
      mark: markOf(challenge, before, index >= 0 && !isOver(order.stage)),
      index: index < 0 ? null : index,
    };
  });
}

/** The rows for what is to be removed once an order is over. */
export function removalRows(order: OrderView, places: readonly (ZonePlace | null)[]): RecordRow[] {
  return setRecords(order).map((challenge, index) => {
    const at = order.challenges.findIndex((other) => recordKey(other) === recordKey(challenge));
    return { key: challengeKey(challenge), challenge, place: places[at] ?? null, mark: null, index };
  });
}

function markOf(challenge: Challenge, before: readonly string[], needed: boolean): RecordMark {
  if (!needed || before.length === 0) return null;
  return before.includes(recordKey(challenge)) ? 'same' : 'new';
}

/** Names that need two values or more at the same time, with the domains they are for. */
export function sharedNames(rows: readonly RecordRow[]): { name: string; domains: string[] }[] {
  const byName = new Map<string, string[]>();
  for (const { challenge, index } of rows) {
    if (index === null) continue;
    const domains = byName.get(challenge.txt_record_name) ?? [];
    byName.set(challenge.txt_record_name, [...domains, challenge.domain]);
  }
  return [...byName].filter(([, domains]) => domains.length > 1).map(([name, domains]) => ({ name, domains }));
}

/** Rows whose record goes into a zone above the name it is for. */
export function deepRows(rows: readonly RecordRow[]): (RecordRow & { place: ZonePlace })[] {
  return rows.filter((row): row is RecordRow & { place: ZonePlace } => {
    if (row.index === null || !row.place) return false;
    return row.challenge.domain.replace(/^\*\./u, '') !== row.place.zone;
  });
}

/** A record as a line of a zone file. */
export function zoneLine({ txt_record_name: name, txt_record_value: value }: Challenge): string {
  return `${name.replace(/\.$/u, '')}. 60 IN TXT "${value}"`;
}

function distinct(challenges: readonly Challenge[]): Challenge[] {
  const known = new Set<string>();
  return challenges.filter((challenge) => {
    const key = challengeKey(challenge);
    if (challenge.txt_record_value === '' || known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function recordKey({ txt_record_name: name, txt_record_value: value }: Challenge): string {
  return `${name} ${value}`;
}

function challengeKey(challenge: Challenge): string {
  return `${challenge.domain} ${recordKey(challenge)}`;
}
