import { useMemo } from 'react';
import type { OrderView } from '../../../../ipc/bindings';
import { isGone } from './checked-words';
import { challengeKey, openRecords, setRecords } from './records';
import { tallyWords } from './tally';
import { useDnsCheck } from './use-dns-check';

/** The look-up that fits the order: for records to be set, or, once it is issued, for those to be removed. */
export function useOrderCheck(secretId: string, order: OrderView, manual: boolean) {
  const { stage } = order;
  const removing = stage === 'issued';
  const records = useMemo(
    () => (removing ? setRecords(order) : openRecords(order)).map(challengeKey),
    [removing, order],
  );
  const check = useDnsCheck({
    secretId,
    gone: removing,
    records,
    isDone: removing ? isGone : ({ agreed }) => agreed,
    // nobody need ask what is left to remove
    begins: removing && manual && records.length > 0,
  });
  const known = records.map((record) => check.found.get(record));
  const faulty = known.filter((checked) => (checked?.mistakes.length ?? 0) > 0).length;
  const seen = known.filter((checked) => checked?.agreed === true).length;
  return {
    ...check,
    removing,
    /** Whether a look tells anything: of an order that failed, it tells why. */
    possible: manual && records.length > 0 && (removing || stage === 'awaiting_records' || stage === 'failed'),
    total: records.length,
    unseen: records.length - seen,
    /** How they stand, in a sum. */
    tally: tallyWords(records, check.found, removing),
    /** All is seen, and nothing speaks against a validation: CAA records may, which forbid the authority to issue. */
    ready: check.done && faulty === 0,
  };
}

export type OrderCheck = ReturnType<typeof useOrderCheck>;
