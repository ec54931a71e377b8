import { describe, expect, it } from 'vitest';
import type { Checked } from '../../../../ipc/bindings';
import { checked, missing, server } from '../order-fixture';
import { tallyWords } from './tally';

const wrong = () => checked({ agreed: false, servers: [server({ kind: 'wrong', values: ['x'], ttl: 60 })] });
const silent = () => checked({ agreed: false, servers: [server({ kind: 'no_answer', reason: 'Too late.' })] });
const of = (...all: (Checked | null)[]) => {
  const records = all.map((_, at) => `record ${at}`);
  const found = new Map<string, Checked>();
  all.forEach((one, at) => one && found.set(`record ${at}`, one));
  return [records, found] as const;
};

describe('the sum of a look-up', () => {
  it('counts what is seen, wrong, missing or not known', () => {
    expect(tallyWords(...of(null, null), false)).toBeNull();
    expect(tallyWords(...of(checked(), checked()), false)).toBe('2 of 2 seen');
    expect(tallyWords(...of(checked(), wrong(), missing(), missing(), silent(), null), false)).toBe(
      '1 of 6 seen, 1 wrong, 2 missing, 1 without an answer, 1 not checked yet',
    );
    const faulty = checked({ agreed: false, servers: [], mistakes: [{ kind: 'no_zone' }] });
    expect(tallyWords(...of(faulty), false)).toBe('0 of 1 seen, 1 not in order');
  });

  it('counts what is gone where records are to be removed', () => {
    expect(tallyWords(...of(missing(), checked(), silent()), true)).toBe(
      '1 of 3 gone, 1 still there, 1 without an answer',
    );
  });
});
