import { describe, expect, it } from 'vitest';
import { readObject, type ObjectText } from './object-text';
import { rowOf, seenMembers } from './rows';
import { stepped, type TableStep } from './steps';
import { isWritten, newTable, tableBeside, type TableDraft } from './table-draft';

function object(text: string): ObjectText {
  const read = readObject(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

/** The steps one after the other, as the table takes them. */
function walk(text: string, ...steps: TableStep[]) {
  const start: { text: string; table: TableDraft } = { text, table: newTable };
  return steps.reduce<ReturnType<typeof stepped>>(
    (so, step) => stepped(object(so.text), tableBeside(so.text, so.table), step),
    start,
  );
}

describe('the steps of the table', () => {
  it('leave a number as it is until what is typed is one', () => {
    const half = walk('{"a":1.0}', { do: 'enter', place: '0', typed: '1.' });
    expect(half.text).toBe('{"a":1.0}');
    expect(half.table.values.get('0')).toBe('1.');
    expect(isWritten(half.table)).toBe(false);
    const rest: TableStep = { do: 'enter', place: '0', typed: ' 1.50' };
    const whole = walk('{"a":1.0}', { do: 'enter', place: '0', typed: '1.' }, rest);
    expect(whole.text).toBe('{"a":1.50}');
    expect(isWritten(whole.table)).toBe(true);
  });

  it('keep what cannot be written with its row when others go and come back', () => {
    const steps: TableStep[] = [
      { do: 'enter', place: '2.1', typed: 'x' },
      { do: 'rename', place: '1', name: 'c' },
      { do: 'fold', place: '2' },
      { do: 'remove', place: '0' },
    ];
    const removed = walk('{"a":1,"b":2,"c":[3,4]}', ...steps);
    expect([...removed.table.values]).toEqual([['1.1', 'x']]);
    expect([...removed.table.names]).toEqual([['0', 'c']]);
    expect([...removed.table.open]).toEqual(['1']);
    const back = walk('{"a":1,"b":2,"c":[3,4]}', ...steps, { do: 'undo' });
    expect(back.text).toBe('{"a":1,"b":2,"c":[3,4]}');
    expect([...back.table.values]).toEqual([['2.1', 'x']]);
    expect([...back.table.open]).toEqual(['2']);
  });

  it('write a refused name once it is free', () => {
    const refused: TableStep = { do: 'rename', place: '0', name: 'b' };
    expect(walk('{"a":1,"b":2}', refused).text).toBe('{"a":1,"b":2}');
    expect(walk('{"a":1,"b":2}', refused, { do: 'rename', place: '1', name: 'c' }).text).toBe('{"b":1,"c":2}');
    const freed = walk('{"a":1,"b":2}', refused, { do: 'remove', place: '1' });
    expect(freed.text).toBe('{"b":1}');
    expect(isWritten(freed.table)).toBe(true);
  });

  it('bring a removed key back under another name if its own was given away', () => {
    const { text } = walk(
      '{"a":1,"b":2}',
      { do: 'remove', place: '0' },
      { do: 'rename', place: '0', name: 'a' },
      { do: 'undo' },
    );
    expect(text).toBe('{"a-2":1,"a":2}');
  });

  it('offer to undo a change of type that loses the value, and only such a one', () => {
    const lossy = walk('{"a":"x"}', { do: 'convert', place: '0', kind: 'number' });
    expect(lossy.table.lost?.words).toBe('Key “a” lost its value.');
    expect(walk(lossy.text, { do: 'convert', place: '0', kind: 'text' }).table.lost).toBeNull();
    const undone = walk('{"a":"x"}', { do: 'convert', place: '0', kind: 'number' }, { do: 'undo' });
    expect(undone).toMatchObject({ text: '{"a":"x"}', focus: { place: '0', part: 'kind' } });
  });

  it('take what is no number for a text when asked to', () => {
    const enter: TableStep = { do: 'enter', place: '0', typed: '1x' };
    const { text } = walk('{"a":1}', enter, { do: 'convert', place: '0', kind: 'text' });
    expect(text).toBe('{"a":"1x"}');
  });

  it('do not bring back into what is another value by now', () => {
    const { table } = walk('{"a":[1,2]}', { do: 'remove', place: '0.0' }, { do: 'convert', place: '0', kind: 'text' });
    expect(table.lost).toBeNull();
  });

  it('leave alone how a text or key is written that is entered as it was', () => {
    const text = '{"\\u0061":"\\u0062\\/"}';
    expect(walk(text, { do: 'enter', place: '0', typed: 'b/' }).text).toBe(text);
    expect(walk(text, { do: 'rename', place: '0', name: 'a' }).text).toBe(text);
  });

  it('give the focus to a neighbour, to what it is in, and then to the button', () => {
    const focus = (text: string, place: string) => walk(text, { do: 'remove', place }).focus;
    expect(focus('{"a":1,"b":2}', '0')).toEqual({ place: '0', part: 'remove' });
    expect(focus('{"a":1,"b":2}', '1')).toEqual({ place: '0', part: 'remove' });
    expect(focus('{"a":[1]}', '0.0')).toEqual({ place: '0', part: 'remove' });
    expect(focus('{"a":1}', '0')).toBe('add');
  });

  it('leave the rows alone that only move', () => {
    const text = '{"a":[1,2],"b":{"c":3},"d":4}';
    const rows = (...steps: TableStep[]) => {
      const { text: now, table } = walk(text, { do: 'fold', place: '0' }, { do: 'fold', place: '1' }, ...steps);
      const shown = seenMembers(object(now), table).map((seen) => rowOf(object(now), seen, table));
      return new Map(shown.map(({ id, title }) => [title, id]));
    };
    const before = rows();
    expect([...before.keys()]).toEqual(['a', 'item 1 in a', 'item 2 in a', 'b', 'c in b', 'd']);
    const removed = rows({ do: 'remove', place: '0' });
    for (const title of ['b', 'c in b', 'd']) expect(removed.get(title)).toBe(before.get(title));
    const added = rows({ do: 'remove', place: '0' }, { do: 'add', parent: '' }, { do: 'undo' });
    expect([...added.keys()]).toEqual(['a', 'b', 'c in b', 'd', 'key 4']);
    expect(added.get('c in b')).toBe(before.get('c in b'));
    expect(new Set(added.values()).size).toBe(5);
  });

  it('are forgotten beside a text from elsewhere', () => {
    const { table } = walk('{"a":1}', { do: 'enter', place: '0', typed: 'x' }, { do: 'remove', place: '0' });
    expect(tableBeside('{"b":1}', table)).toEqual({ ...newTable, of: '{"b":1}' });
  });
});
