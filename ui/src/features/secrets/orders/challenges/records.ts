import type { Challenge, OrderView, Wanted, ZonePlace } from '../../../../ipc/bindings';
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
  /** Names it in what a look-up answers; `null`: it is not looked up. */
  record: string | null;
};

/** The records that are still to be set, each once. */
export function openRecords({ challenges }: OrderView): Challenge[] {
  return distinct(challenges.filter(({ status }) => status !== 'valid'));
}

/** The records of this order and of the one before, which are to be removed, each once. */
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
    const key = challengeKey(challenge);
    const wanted = open.includes(key);
    return {
      key: `${at} ${key}`,
      challenge,
      place: places[at] ?? null,
      mark: markOf(challenge, before, wanted && !isOver(order.stage)),
      record: wanted ? key : null,
    };
  });
}

/** The rows for what is to be removed once an order is over. */
export function removalRows(order: OrderView, places: readonly (ZonePlace | null)[]): RecordRow[] {
  return setRecords(order).map((challenge) => {
    const at = order.challenges.findIndex((other) => recordKey(other) === recordKey(challenge));
    const key = challengeKey(challenge);
    return { key, challenge, place: places[at] ?? null, mark: null, record: key };
  });
}

function markOf(challenge: Challenge, before: readonly string[], needed: boolean): RecordMark {
  if (!needed || before.length === 0) return null;
  return before.includes(recordKey(challenge)) ? 'same' : 'new';
}

/** Names that need two values or more at the same time, with the domains they are for. */
export function sharedNames(rows: readonly RecordRow[]): { name: string; domains: string[] }[] {
  const byName = new Map<string, string[]>();
  for (const { challenge, record } of rows) {
    if (record === null) continue;
    const domains = byName.get(challenge.txt_record_name) ?? [];
    byName.set(challenge.txt_record_name, [...domains, challenge.domain]);
  }
  return [...byName].filter(([, domains]) => domains.length > 1).map(([name, domains]) => ({ name, domains }));
}

/** Zones that take records for names below them, with these records. */
export type DeepZone = { zone: string; records: { domain: string; name: string }[] };

export function deepZones(rows: readonly RecordRow[]): DeepZone[] {
  const byZone = new Map<string, DeepZone['records']>();
  for (const { challenge, place, record } of rows) {
    if (record === null || !place) continue;
    const { domain } = challenge;
    if (domain.replace(/^\*\./u, '') === place.zone) continue;
    byZone.set(place.zone, [...(byZone.get(place.zone) ?? []), { domain, name: place.relative_name }]);
  }
  return [...byZone].map(([zone, records]) => ({ zone, records }));
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

/** Names a challenge, as `wantedKey` does what a look-up says of it. */
export function challengeKey(challenge: Challenge): string {
  return `${challenge.domain} ${recordKey(challenge)}`;
}

export function wantedKey({ domain, name, value }: Wanted): string {
  return `${domain} ${name} ${value}`;
}
