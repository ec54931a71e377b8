import { expect, it } from 'vitest';
import { byteSize, characterCount } from './amounts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [9_999, '9,999 bytes'],
  [12_345, '12.3 KB'],
  [1_000_000, '1 MB'],
])('%i bytes read as %s', (bytes, words) => {
  expect(byteSize(bytes)).toBe(words);
});

it('counts characters as Rust does', () => {
  expect(characterCount('ž🙂a')).toBe(3);
  expect(characterCount('')).toBe(0);
});
