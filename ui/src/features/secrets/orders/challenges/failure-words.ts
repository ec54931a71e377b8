import type { OrderView, SecretView } from '../../../../ipc/bindings';
import { issuanceOf } from '../issuance';
import { lookLabel } from './checked-words';
import { openRecords } from './records';

export type FailureWords = {
  /** Why there is no certificate, in our words. */
  reason: string;
  /** The same in those of the authority; `null`: it said nothing. */
  said: string | null;
  /** What was kept. */
  kept: string;
  /** What to do. */
  then: string;
};

/** Why an order failed, what is in force, and how to go on. */
export function failureWords({ metadata }: SecretView, order: OrderView, manual: boolean): FailureWords {
  const issuance = issuanceOf(metadata);
  const message = issuance?.error_message ?? 'The certificate authority gave no reason.';
  // Rust puts the words of the authority after the first line break
  const [reason = message, ...said] = message.split('\n');
  const looks = manual && openRecords(order).length > 0 && issuance?.error_code !== 'canceled';
  const look = looks ? `Look at the records with ${lookLabel}` : '';
  const words = { reason, said: said.join('\n').trim() || null };
  if (metadata.state === 3) {
    return {
      ...words,
      kept: 'It was the first order of this secret, so that there is no certificate.',
      then: `${look ? `${look}, then delete` : 'Delete'} the secret and create it again to order once more.`,
    };
  }
  return {
    ...words,
    kept: metadata.state === 1 ? 'The current certificate stays in force.' : 'Nothing else was changed.',
    then: look ? `${look}, then start a new order.` : 'Start a new order to go on.',
  };
}
