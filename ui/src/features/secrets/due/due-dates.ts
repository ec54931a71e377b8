import type { SecretView } from '../../../ipc/bindings';

const day = 86_400_000;

/** Days before its date from which a reminder counts as soon due. */
export const soonDays = 7;

/** Until when the reminder is silent; `null`: it is not put off. */
export function snoozedUntil({ reminder }: SecretView, now = new Date()): string | null {
  const until = reminder?.snoozed_until ?? null;
  return until !== null && new Date(until) > now ? until : null;
}

/** Whether a person is or will soon be reminded. */
export function isSoonDue({ due }: SecretView, now = new Date()): boolean {
  return due?.by === 'reminder' && new Date(due.at).getTime() - now.getTime() < soonDays * day;
}

/** The moment so many days from now, as the wire has it. */
export function momentIn(days: number, now = new Date()): string {
  return new Date(now.getTime() + days * day).toISOString().replace(/\.\d+Z$/, 'Z');
}
