import type { Ttl } from '../ipc/bindings';
import { count } from './amounts';

export type LifetimeUnit = 'second' | 'minute' | 'hour' | 'day';

/** A length of time while it is entered. */
export type Lifetime = { text: string; unit: LifetimeUnit };

const seconds: Readonly<Record<LifetimeUnit, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };
const units = Object.keys(seconds) as LifetimeUnit[];
const whole = /^\d{1,10}$/;
const onTheWire = /^(\d+)([smhd]?)$/;
const letters: Readonly<Record<string, LifetimeUnit>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

/** Nothing entered. */
export function noLifetime(unit: LifetimeUnit): Lifetime {
  return { text: '', unit };
}

/** As the field shows so many seconds: in the largest of the units that comes out even. */
export function lifetimeOf(length: number, among: readonly LifetimeUnit[] = units): Lifetime {
  const fitting = among.filter((unit) => length % seconds[unit] === 0);
  const unit = fitting.reduce((one, other) => (seconds[other] > seconds[one] ? other : one), fitting[0] ?? 'second');
  return { text: String(length / seconds[unit]), unit };
}

/** The same for a text of the wire such as `720h`; blank where there is none. */
export function lifetimeFrom(ttl: Ttl | null | undefined, blank: LifetimeUnit): Lifetime {
  const length = ttlSeconds(ttl);
  return length === null ? noLifetime(blank) : lifetimeOf(length);
}

/** How many seconds a text of the wire says; `null` for none. */
export function ttlSeconds(ttl: Ttl | null | undefined): number | null {
  const [, digits, letter = ''] = onTheWire.exec(ttl ?? '') ?? [];
  return digits === undefined ? null : Number(digits) * seconds[letters[letter] ?? 'second'];
}

/** As it is sent; `null` when nothing is entered. Days go as hours, the unit of the service. */
export function ttlText({ text, unit }: Lifetime): Ttl | null {
  const digits = text.trim();
  if (digits === '') return null;
  const [amount, letter] = unit === 'day' ? [Number(digits) * 24, 'h'] : [Number(digits), unit.charAt(0)];
  return `${amount}${letter}`;
}

/** Why it cannot be sent; `null`: it can, or it is blank. */
export function lifetimeFault({ text }: Lifetime): string | null {
  const digits = text.trim();
  return digits === '' || whole.test(digits) ? null : 'Enter a whole number.';
}

/** So many seconds as people say them: `30 days`, `1 hour`. */
export function lifetimeWords(length: number): string {
  const { text, unit } = lifetimeOf(length);
  return `${count(Number(text))} ${unit}${text === '1' ? '' : 's'}`;
}
