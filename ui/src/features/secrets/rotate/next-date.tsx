import type { SecretView } from '../../../ipc/bindings';
import { policyOf } from '../facts';
import { autoRotation } from '../fields/auto-rotation';
import { intervalWords } from '../fields/interval';
import { reminderDraft } from '../fields/reminder';

/** What the rotation does to the next date, which counts from it. */
export function NextDate({ secret }: { secret: SecretView }) {
  const rotation = autoRotation(policyOf(secret.metadata));
  const reminder = reminderDraft(secret.reminder);
  // an order ends when it ends, and there is no interval to count
  if (rotation.newKeys !== undefined) return null;
  if (rotation.on) return <p>The next automatic rotation is then in {intervalWords(rotation.interval)}.</p>;
  if (reminder) return <p>The next reminder is then in {intervalWords(reminder)}.</p>;
  return null;
}
