import { describe, expect, it } from 'vitest';
import type { LineEnd, ShownLine } from '../../../ipc/bindings';
import { endWords, hasMixedEnds } from './line-ends';

const line = (kind: 'added' | 'removed' | 'same', end: LineEnd): ShownLine => ({ kind, text: 'a', end, cut: false });

describe('line ends', () => {
  it('are told where lines end in both ways, and of changed ones only', () => {
    const lines = [line('removed', 'lf'), line('added', 'crlf'), line('same', 'lf')];
    expect(hasMixedEnds(lines)).toBe(true);
    expect(lines.map((each) => endWords(each, true))).toEqual(['ends with LF', 'ends with CRLF', '']);
  });

  it('are told of a line that has none', () => {
    const lines = [line('removed', 'none'), line('added', 'lf'), line('same', 'none')];
    expect(hasMixedEnds(lines)).toBe(false);
    expect(lines.map((each) => endWords(each, false))).toEqual(['no line end', '', '']);
  });

  it('are no matter in a gap', () => {
    expect(hasMixedEnds([{ kind: 'gap', lines: 12 }, line('added', 'crlf')])).toBe(false);
    expect(endWords({ kind: 'gap', lines: 12 }, true)).toBe('');
  });
});
