import { describe, expect, it } from 'vitest';
import { converted, isNumber } from './kinds';
import { readObject } from './object-text';
import { lineEndOf, withLineEndOf } from './line-ends';

describe('a change of type', () => {
  it.each([
    ['"12"', 'number', '12'],
    ['" 1.0 "', 'number', '1.0'],
    ['"user"', 'number', '0'],
    ['1.0', 'text', '"1.0"'],
    ['90071992547409931234', 'text', '"90071992547409931234"'],
    ['"true"', 'boolean', 'true'],
    ['"yes"', 'boolean', 'false'],
    ['0.0', 'boolean', 'false'],
    ['2', 'boolean', 'true'],
    ['true', 'number', '1'],
    ['false', 'text', '"false"'],
    ['null', 'text', '""'],
    ['null', 'number', '0'],
    ['"user"', 'null', 'null'],
    ['{"a": 1.0}', 'text', '"{\\"a\\": 1.0}"'],
    ['"{\\"a\\": 1.0}"', 'object', '{"a": 1.0}'],
    ['"[1"', 'list', '["[1"]'],
    ['"[1, 2]"', 'list', '[1, 2]'],
    ['"user"', 'object', '{"value":"user"}'],
    ['{"a": 1.0, "b": [2]}', 'list', '[1.0,[2]]'],
    ['[1.0, {}]', 'object', '{"1":1.0,"2":{}}'],
    ['""', 'list', '[]'],
    ['null', 'object', '{}'],
    ['7', 'list', '[7]'],
  ] as const)('makes of %s as %s: %s', (json, kind, made) => {
    expect(converted(json, kind)).toBe(made);
  });

  it('knows numbers as JSON writes them', () => {
    const numbers = ['0', '-0', '12', '1.0', '1e5', '-1.5E-10', '90071992547409931234'];
    const others = ['', '01', '1.', '.5', '+1', '0x1', '1e', 'NaN', '1 2', '1,5'];
    expect([...numbers, ...others].filter(isNumber)).toEqual(numbers);
  });
});

describe('a text', () => {
  it.each([
    ['[1]', 'A JSON object is needed, but another value starts at line 1, column 1.'],
    ['{\n "a": 1,\n}', 'This is not JSON: the fault is at line 3, column 1.'],
    ['{"a": 1 // no\n}', 'This is not JSON: the fault is at line 1, column 9.'],
    ['{\n  "a": {\n    "b": 1, "\\u0062": 2 } }', 'A key stands there for the second time at line 3, column 13.'],
    ['['.repeat(100_000), 'Objects and lists are nested too deep for a table.'],
  ])('that is no object says where: %.20s', (text, fault) => {
    expect(readObject(text)).toEqual({ fault });
  });

  it.each(['', ' \n', '\uFEFF{}', '{"__proto__": {"a": 1}, "a": {"a": 1}}'])('can be an object: %s', (text) => {
    expect(readObject(text)).toHaveProperty('root.type', 'object');
  });
});

it('keeps its kind of line end while it is edited', () => {
  expect(withLineEndOf('a\r\nb', 'a\nb\nc')).toBe('a\r\nb\r\nc');
  expect(withLineEndOf('a\nb', 'a\nb\nc')).toBe('a\nb\nc');
  expect(['ab', 'a\rb', 'a\r\nb\nc'].map(lineEndOf)).toEqual(['\n', null, null]);
});
