import { describe, expect, it } from 'vitest';
import type { Mistake } from '../../../../ipc/bindings';
import { checked, missing, server } from '../order-fixture';
import { isGone, mistakeWords, removalVerdict, ttlWords, verdictOf } from './checked-words';

const seen = server({ kind: 'seen', ttl: 60 });
const absent = server({ kind: 'missing', ttl: 300 });
const silent = server({ kind: 'no_answer', reason: 'It did not answer in time.' });
const resolver = server({ kind: 'seen', ttl: 60 }, { authoritative: false });

describe('the verdict on a record', () => {
  it.each([
    ['Not checked yet', undefined],
    ['Seen', checked()],
    ['Missing', missing()],
    ['Missing at 1 of 2 servers', checked({ agreed: false, servers: [seen, absent] })],
    ['No answer', checked({ agreed: false, servers: [silent] })],
    ['No answer at 1 of 2 servers', checked({ agreed: false, servers: [seen, silent] })],
    ['Not in order', checked({ agreed: false, mistakes: [{ kind: 'no_zone' }], servers: [] })],
    ['Could not be looked up', checked({ agreed: false, servers: [], trouble: 'No network.' })],
  ])('is %s', (word, found) => {
    expect(verdictOf(found).word).toBe(word);
  });

  it('is about its absence where it is to be removed, and asks the authoritative servers alone', () => {
    expect(isGone(checked())).toBe(false);
    expect(isGone(missing())).toBe(true);
    expect(isGone(checked({ servers: [absent, resolver] }))).toBe(true);
    expect(isGone(checked({ servers: [absent, silent] }))).toBe(false);
    expect(isGone(checked({ servers: [resolver] }))).toBe(false);
    expect(removalVerdict(missing()).word).toBe('Gone');
    expect(removalVerdict(checked({ servers: [seen, absent] })).word).toBe('Still there at 1 of 2 servers');
    expect(removalVerdict(checked({ servers: [silent] })).word).toBe('Could not be looked up');
  });

  it('says for how long an answer is remembered, where that is known', () => {
    expect(ttlWords({ kind: 'seen', ttl: 3600 })).toBe('3,600 seconds');
    expect(ttlWords({ kind: 'seen', ttl: 1 })).toBe('1 second');
    expect(ttlWords({ kind: 'missing', ttl: null })).toBe('—');
    expect(ttlWords({ kind: 'no_answer', reason: 'x' })).toBe('—');
  });
});

describe('a mistake', () => {
  const mistakes: [Mistake, RegExp, RegExp][] = [
    [{ kind: 'zone_doubled', found_at: 'a.example.test.example.test' }, /a\.example\.test\.example\.test.*twice/, /only the part/],
    [{ kind: 'quoted' }, /Quotes or spaces/, /as it is here/],
    [{ kind: 'other_value_only' }, /only the other one/, /second TXT record/],
    [{ kind: 'wrong_depth', found_at: 'a.test' }, /at a\.test/, /full name/],
    [{ kind: 'cname_elsewhere', target: 'b.test' }, /CNAME record leads to b\.test/, /at that name/],
    [{ kind: 'caa_forbids', issuers: [] }, /forbid every/, /Add a CAA record/],
    [{ kind: 'caa_forbids', issuers: ['ca.test', 'cb.test'] }, /allow only ca\.test, cb\.test/, /CAA record/],
    [{ kind: 'caa_unknown', name: 'example.test' }, /could not be looked up/, /name servers/],
    [{ kind: 'no_zone' }, /no zone/, /misspelt/],
  ];
  it.each(mistakes)('%o is named, with what to do', (mistake, what, remedy) => {
    const words = mistakeWords(mistake);
    expect(words.what).toMatch(what);
    expect(words.remedy).toMatch(remedy);
  });
});
