import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../ipc/bindings';
import { differenceWords, differs, hasValues } from './difference';

const keys = { kind: 'keys', added: 0, removed: 0, changed: 0, unchanged: 0, entries: [], unlisted: 0 } as const;
const lines = { kind: 'lines', same: false, added: 0, removed: 0, unchanged: 9, old_size: 120, new_size: 140 } as const;
const bytes = { kind: 'bytes', same: false, old_size: 120, new_size: 12_000 } as const;

describe('difference in words', () => {
  it.each<[string, Comparison]>([
    [
      '2 added, 1 removed, 3 changed, 1,400 unchanged',
      { ...keys, entries: [], added: 2, removed: 1, changed: 3, unchanged: 1400 },
    ],
    ['1 changed', { ...keys, entries: [], changed: 1 }],
    ['The values are the same.', { ...keys, entries: [], unchanged: 3 }],
    ['3 lines added, 1 removed; 120 bytes → 140 bytes', { ...lines, added: 3, removed: 1 }],
    ['1 line added; 120 bytes → 140 bytes', { ...lines, added: 1 }],
    ['1 line removed; 120 bytes → 140 bytes', { ...lines, removed: 1 }],
    ['The values are the same.', { ...lines, same: true }],
    ['The values are not the same; 120 bytes → 12 KB', bytes],
    ['The values are the same; both have 120 bytes.', { ...bytes, same: true, new_size: 120 }],
    ['The password is another one.', { kind: 'password', same: false }],
    ['The password is the same.', { kind: 'password', same: true }],
  ])('%s', (words, comparison) => {
    expect(differenceWords(comparison)).toBe(words);
  });

  it('tells objects apart by what was counted', () => {
    expect(differs({ ...keys, entries: [], unchanged: 3 })).toBe(false);
    expect(differs({ ...keys, entries: [], removed: 1 })).toBe(true);
  });

  it('has values to show where there is a difference that can be read', () => {
    expect(hasValues({ ...keys, entries: [], changed: 1 })).toBe(true);
    expect(hasValues({ ...lines, same: true })).toBe(false);
    expect(hasValues(bytes)).toBe(false);
    expect(hasValues({ kind: 'password', same: false })).toBe(true);
  });
});
