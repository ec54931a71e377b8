import type { SecretView } from '../../../ipc/bindings';
import { RelativeDate } from '../../../components/relative-date';
import { snoozedUntil } from './due-dates';

/** When a secret is due for rotation, and whether the instance or a person acts then. */
export function NextRotation({ secret }: { secret: SecretView }) {
  const { due } = secret;
  if (!due) return '—';
  const snoozed = snoozedUntil(secret);
  return (
    <span className="kt-due">
      <RelativeDate value={due.at} />
      <span className="kt-due__by">{due.by === 'rotation' ? 'Automatic' : 'Reminder'}</span>
      {snoozed && (
        <span className="kt-due__by">
          Snoozed until <RelativeDate value={snoozed} />
        </span>
      )}
    </span>
  );
}
