import { describe, expect, it } from 'vitest';
import { challenge, order } from '../order-fixture';
import { challengeKey, deepZones, obsoleteRecords, openRecords, recordRows, removalRows, setRecords, sharedNames } from './records';

const place = (zone: string, relative_name = '_acme-challenge') => ({ zone, relative_name });

describe('the records of an order', () => {
  it('are looked up in their order, each once, without those that need nothing', () => {
    const twice = order({
      challenges: [challenge('a.test'), challenge('b.test', { status: 'valid' }), challenge('a.test'), challenge('c.test')],
    });
    expect(openRecords(twice).map(({ domain }) => domain)).toEqual(['a.test', 'c.test']);
    const keys = recordRows(twice, []).map(({ record }) => record);
    expect(keys).toEqual([challengeKey(challenge('a.test')), null, keys[0], challengeKey(challenge('c.test'))]);
    const reused = order({ challenges: [challenge('a.test', { txt_record_value: '' })] });
    expect(openRecords(reused)).toEqual([]);
  });

  it('share a name where a domain has a wildcard', () => {
    const rows = recordRows(order(), []);
    expect(sharedNames(rows)).toEqual([
      { name: '_acme-challenge.example.test.', domains: ['example.test', '*.example.test'] },
    ]);
    expect(sharedNames(recordRows(order({ challenges: [challenge()] }), []))).toEqual([]);
  });

  it('belong into a zone that may be above their domain', () => {
    const deep = order({ challenges: [challenge('a.b.example.test'), challenge('*.example.test')] });
    const rows = recordRows(deep, [place('example.test', '_acme-challenge.a.b'), place('example.test')]);
    expect(deepZones(rows)).toEqual([
      { zone: 'example.test', records: [{ domain: 'a.b.example.test', name: '_acme-challenge.a.b' }] },
    ]);
    expect(deepZones(recordRows(deep, [null, null]))).toEqual([]);
  });

  it('are new or the same beside the order before, of which the rest is obsolete', () => {
    const kept = challenge('kept.test');
    const changed = challenge('changed.test', { txt_record_value: 'next' });
    const next = order({ challenges: [kept, changed], former: [kept, challenge('changed.test')] });
    expect(recordRows(next, []).map(({ mark }) => mark)).toEqual(['same', 'new']);
    expect(obsoleteRecords(next)).toEqual([challenge('changed.test')]);
    expect(obsoleteRecords({ ...next, stage: 'placing', challenges: [] })).toEqual([]);
    expect(obsoleteRecords({ ...next, stage: 'failed' })).toEqual([]);
    expect(recordRows(order(), []).map(({ mark }) => mark)).toEqual([null, null]);
  });

  it('are all to be removed once it is over, those of the order before as well', () => {
    const valid = challenge('a.test', { status: 'valid' });
    const done = order({ stage: 'issued', challenges: [valid], former: [challenge('a.test'), challenge('old.test')] });
    const rows = removalRows(done, [place('a.test')]);
    expect(rows.map(({ challenge: { domain } }) => domain)).toEqual(['a.test', 'old.test']);
    expect(rows.map(({ record }) => record)).toEqual(setRecords(done).map(challengeKey));
    expect(rows[0]?.place?.zone).toBe('a.test');
  });
});
