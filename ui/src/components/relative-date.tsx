import { relativeTime } from './relative-time';
import { useTick } from './use-tick';

const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const momentFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

type RelativeDateProps = {
  /** RFC 3339, as on the wire. */
  value: string | null | undefined;
  /** Shown when there is no date. */
  none?: string;
  /** The present; tests give their own. */
  now?: Date;
};

/** A date and how far it is: "Dec 6, 2026 · in 12 days"; the full moment on hover. */
export function RelativeDate({ value, none = '—', now }: RelativeDateProps) {
  useTick();
  if (!value) return <>{none}</>;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return <>{none}</>;
  return (
    <time className="kt-date" dateTime={value} title={momentFormat.format(moment)}>
      {dateFormat.format(moment)}
      <span className="kt-date__distance">{` · ${relativeTime(moment, now ?? new Date())}`}</span>
    </time>
  );
}
