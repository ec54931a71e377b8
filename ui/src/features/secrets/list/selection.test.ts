import { describe, expect, it } from 'vitest';
import { nothingChosen, pageToggled, toggled, without, type Chosen } from './selection';

const page = ['a', 'b', 'c', 'd'];
const ids = ({ ids: chosen }: Chosen) => [...chosen].sort().join('');
const toggle = (chosen: Chosen, id: string, range = false, on = page) => toggled(chosen, id, on, range);

describe('selection', () => {
  it('turns one box around', () => {
    const one = toggle(nothingChosen, 'b');
    expect(ids(one)).toBe('b');
    expect(ids(toggle(one, 'b'))).toBe('');
    expect(ids(nothingChosen)).toBe('');
  });

  it('selects a range in both directions, and from where the last one ended', () => {
    const down = toggle(toggle(nothingChosen, 'b'), 'd', true);
    expect(ids(down)).toBe('bcd');
    expect(ids(toggle(down, 'a', true))).toBe('abcd');
  });

  it('empties a range when its end is ticked already', () => {
    const all = pageToggled(nothingChosen, page);
    expect(ids(toggle(toggle(all, 'b'), 'd', true))).toBe('a');
  });

  it('knows no range from another page', () => {
    const elsewhere = toggle(nothingChosen, 'x', false, ['x', 'y']);
    expect(ids(toggle(elsewhere, 'c', true))).toBe('cx');
    expect(ids(toggle(nothingChosen, 'c', true))).toBe('c');
  });

  it('completes a page that is selected in part, and empties one that is complete', () => {
    const some = toggle(toggle(nothingChosen, 'b'), 'x', false, ['x']);
    const all = pageToggled(some, page);
    expect(ids(all)).toBe('abcdx');
    expect(ids(pageToggled(all, page))).toBe('x');
  });

  it('stays the same set as long as nothing of it is gone', () => {
    const { ids: chosen } = toggle(nothingChosen, 'b');
    expect(without(chosen, ['c'])).toBe(chosen);
    expect([...without(chosen, ['b'])]).toEqual([]);
  });
});
