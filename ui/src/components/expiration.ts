/** An expiration while it is chosen: off, or a day as `YYYY-MM-DD`. */
export type ExpirationDraft = { on: boolean; day: string };

export const noExpiration: ExpirationDraft = { on: false, day: '' };

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The end of that day where the person is; `null` when it is off or no day. */
export function expirationAt({ on, day }: ExpirationDraft): string | null {
  const end = on ? endOf(day) : null;
  return end ? end.toISOString().replace(/\.\d+Z$/, 'Z') : null;
}

/** Why it cannot be taken; `null`: it can, or it is off. */
export function expirationFault(draft: ExpirationDraft, now = new Date()): string | null {
  if (!draft.on) return null;
  const end = endOf(draft.day);
  if (!end) return 'Enter a day as YYYY-MM-DD, such as 2027-03-31.';
  return end <= now ? 'This day is over. Choose a later one.' : null;
}

/** The day so many days from now. */
export function dayIn(days: number, now = new Date()): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

/** What an expiration that is set already looks like while it is changed. */
export function expirationDraft(date: string | null): ExpirationDraft {
  return date ? { on: true, day: dayOf(new Date(date)) } : noExpiration;
}

function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function endOf(day: string): Date | null {
  const [, year, month, date] = shape.exec(day.trim()) ?? [];
  const end = new Date(Number(year), Number(month) - 1, Number(date), 23, 59, 59);
  // 31 February is a day of March, which nobody meant
  return !Number.isNaN(end.getTime()) && dayOf(end) === day.trim() ? end : null;
}
