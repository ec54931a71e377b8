import { describe, expect, it } from 'vitest';
import { version } from '../secret-fixture';
import { choicesFor, choiceWords, compareHindrance, firstPair } from './version-pair';

const gone = 'The value of this version is no longer kept.';
const [third, second, first] = [version(3), version(2), version(1, { view_hindrance: gone })];
third.metadata.alias = 'current';
const versions = [third, second, first];

describe('pairs of versions', () => {
  it('begin with the current one, or with the one before for the current one', () => {
    const all = [version(4), third, second];
    expect(firstPair(second, all)).toEqual({ older: second, newer: all[0] });
    expect(firstPair(third, versions)).toEqual({ older: second, newer: third });
  });

  it('pass over versions without a value', () => {
    const current = version(3, { view_hindrance: gone });
    expect(firstPair(second, [current, second, version(1)])).toEqual({ older: version(1), newer: second });
  });

  it('need two versions that can be read', () => {
    expect(compareHindrance(third, versions)).toBeNull();
    expect(compareHindrance(first, versions)).toBe(gone);
    expect(compareHindrance(third, [third, first])).toBe('There is no other version whose value can be read.');
  });

  it('keep the older one older, and say why a version cannot be chosen', () => {
    const pair = { older: second, newer: third };
    expect(choicesFor('older', pair, versions).map(choiceWords)).toEqual([
      'Version 3 (current), not older than version 3',
      'Version 2, Jan 2, 2026',
      `Version 1, ${gone}`,
    ]);
    expect(choicesFor('newer', pair, versions).map(({ hindrance }) => hindrance)).toEqual([
      null,
      'not newer than version 2',
      gone,
    ]);
  });
});
