const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A moment in words, seen from `now`: "in 12 days", "yesterday", "3 hours ago". From a day on,
 * calendar days count, so that what expires tomorrow morning does not read "in 9 hours".
 */
export function relativeTime(moment: Date, now: Date): string {
  const days = calendarDay(moment) - calendarDay(now);
  if (Math.abs(days) >= 730) return relative.format(Math.trunc(days / 365), 'year');
  if (Math.abs(days) >= 60) return relative.format(Math.trunc(days / 30), 'month');
  if (days !== 0) return relative.format(days, 'day');
  const gap = moment.getTime() - now.getTime();
  if (Math.abs(gap) >= hour) return relative.format(Math.trunc(gap / hour), 'hour');
  if (Math.abs(gap) >= minute) return relative.format(Math.trunc(gap / minute), 'minute');
  return gap > 0 ? 'in less than a minute' : 'just now';
}

function calendarDay(moment: Date): number {
  return Math.round(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / day);
}
