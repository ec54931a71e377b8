import type { Challenge, OrderView } from '../../../../ipc/bindings';
import { isGone } from './checked-words';
import { openRecords, setRecords } from './records';
import { useDnsCheck } from './use-dns-check';

/** The look-up that fits the order: for records to be set, or, once it is issued, for those to be removed. */
export function useOrderCheck(secretId: string, order: OrderView) {
  const removing = order.stage === 'issued';
  const records = (removing ? setRecords(order) : openRecords(order)).map(words);
  const check = useDnsCheck({
    secretId,
    gone: removing,
    records,
    isDone: removing ? isGone : ({ agreed }) => agreed,
  });
  const faulty = records.filter((_, at) => (check.found[at]?.mistakes.length ?? 0) > 0).length;
  const seen = records.filter((_, at) => check.found[at]?.agreed === true).length;
  return {
    ...check,
    removing,
    total: records.length,
    unseen: records.length - seen,
    /** All is seen, and nothing speaks against a validation: CAA records may, which forbid the authority to issue. */
    ready: check.done && faulty === 0,
  };
}

export type OrderCheck = ReturnType<typeof useOrderCheck>;

function words({ domain, txt_record_name: name, txt_record_value: value }: Challenge): string {
  return `${domain} ${name} ${value}`;
}
