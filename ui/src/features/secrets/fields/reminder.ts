import type { Reminder } from '../../../ipc/bindings';
import { intervalDraft, intervalWords, isWithin, type IntervalDraft } from './interval';

/** A reminder while it is chosen; `null`: none. */
export type ReminderDraft = IntervalDraft | null;

// as the contract has it
const mostDays = 3650;

export function reminderDraft(reminder: Reminder | null | undefined): ReminderDraft {
  return reminder ? intervalDraft(reminder.every_days, 'day') : null;
}

/** What is sent; what was put off stays so. */
export function reminderInput(draft: ReminderDraft, before?: Reminder | null): Reminder | null {
  if (!draft) return null;
  const { snoozed_until } = before ?? {};
  return snoozed_until ? { every_days: draft.count, snoozed_until } : { every_days: draft.count };
}

/** Why it cannot be taken; `null`: it can, or it is off. */
export function reminderFault(draft: ReminderDraft): string | null {
  return !draft || isWithin(draft, mostDays) ? null : 'A reminder comes every 1 to 3,650 days.';
}

export function reminderWords(draft: ReminderDraft): string {
  return draft ? `Every ${intervalWords(draft)}` : 'Off';
}
