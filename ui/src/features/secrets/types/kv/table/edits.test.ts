import { describe, expect, it } from 'vitest';
import {
  appendMember,
  freeName,
  insertMember,
  memberText,
  otherNames,
  removeMember,
  renameKey,
  setValue,
  withFreeName,
} from './edits';
import { kindOf } from './kinds';
import { membersOf, readObject, valueAt, valueOf, written, type ObjectText } from './object-text';
import {
  above,
  afterInsertion,
  afterRemoval,
  isBelow,
  positionOf,
  positions,
  top,
  within,
  type Move,
  type Place,
} from './place';

function object(text: string): ObjectText {
  const read = readObject(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

const large = '{\n  "id": 90071992547409931234, "rate": 1.0,\n  "db": {"host":"\\u0061", "ports": [ 1e2, 2 ]}\n}\n';

describe('an edit of the text', () => {
  it('leaves all other signs as they are', () => {
    const text = setValue(object(large), '2.1.0', 'true');
    expect(text).toBe(large.replace('1e2', 'true'));
    expect(renameKey(object(large), '1', 'a"b')).toBe(large.replace('"rate"', '"a\\"b"'));
    expect(renameKey(object(large), '2.0', 'port')).toBe(large.replace('"host"', '"port"'));
  });

  it('removes a member with its comma, wherever it stands', () => {
    expect(removeMember(object('{"a":1, "b":2, "c":3}'), '0')).toBe('{"b":2, "c":3}');
    expect(removeMember(object('{"a":1, "b":2, "c":3}'), '1')).toBe('{"a":1, "c":3}');
    expect(removeMember(object('{\n "a":1,\n "b":2\n}'), '1')).toBe('{\n "a":1\n}');
    expect(removeMember(object('{ "a": [ 1 ] }'), '0.0')).toBe('{ "a": [] }');
    expect(removeMember(object('{\n  "a": 1\n}'), '0')).toBe('{}');
  });

  it('adds a member in the hand of its neighbour', () => {
    expect(appendMember(object(''), '0', 'a', '1')).toBe('{\n  "a": 1\n}');
    expect(appendMember(object('{"a":1}'), '1', 'b', '2')).toBe('{"a":1,"b":2}');
    expect(appendMember(object('{\n\t"a" : 1\n}'), '1', 'b', '2')).toBe('{\n\t"a" : 1,\n\t"b" : 2\n}');
    expect(appendMember(object('{ "a": 1, "b": {} }'), '1.0', 'c', '2')).toBe('{ "a": 1, "b": {"c": 2} }');
    expect(appendMember(object('{\n  "b": [ ]\n}'), '0.0', null, '2')).toBe('{\n  "b": [\n    2\n  ]\n}');
  });

  it('puts back what was removed', () => {
    for (const text of [large, '{"a":1,"b":[1,2],"c":3}', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', '{\n  "a": 1\n}']) {
      for (const place of places(object(text))) {
        const back = insertMember(object(removeMember(object(text), place)), place, memberText(object(text), place));
        expect(JSON.parse(back)).toEqual(JSON.parse(text));
      }
    }
  });

  it('finds a name that is not taken', () => {
    expect(freeName('', new Set(['a']))).toBe('');
    expect(freeName('', new Set(['', 'key-2']))).toBe('key-3');
    expect(withFreeName('"a" : 1.0', new Set(['a']))).toBe('"a-2" : 1.0');
    expect(withFreeName('"a" : 1.0', new Set())).toBe('"a" : 1.0');
    expect(otherNames(object('{"a":1,"b":2}'), top, '0')).toEqual(new Set(['b']));
  });
});

describe('any edit of any object', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('says the same as the edit of what is read (%i)', (seed) => {
    const dice = roller(seed);
    let text = anyObject(dice, 0);
    for (let turn = 0; turn < 25; turn += 1) text = anyEdit(object(text), dice, turn);
  });
});

type Edit = (members: Entry[], position: number) => void;

/** Edits, and compares with the same done to what JSON.parse reads, and every other value as written. */
function anyEdit(before: ObjectText, dice: Dice, turn: number): string {
  const all = places(before);
  const { text, place, edit, move, parent } = chosen(before, all, dice, `n${turn}`);
  const after = object(text);
  const model = edited(JSON.parse(before.text), positions(above(place)), positionOf(place), edit);
  expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(model));
  for (const kept of all) {
    const now = move(kept);
    const holds = membersOf(valueAt(before, kept)).length > 0;
    // what is empty may have got its first member
    if (now === null || holds || now === parent) continue;
    expect(written(after, valueAt(after, now))).toBe(written(before, valueAt(before, kept)));
  }
  return text;
}

/** One edit by chance: the text after it, and the same for what is read. */
function chosen(before: ObjectText, all: Place[], dice: Dice, name: string) {
  const json = anyValue(dice, 3);
  const value: unknown = JSON.parse(json);
  const isList = (at: Place) => kindOf(valueAt(before, at)) === 'list';
  const stays: Move = (kept) => kept;
  const place = all[dice(all.length)];
  const choice = dice(5);
  if (place === undefined || choice === 0) {
    const holders = [top, ...all.filter((at) => ['object', 'list'].includes(kindOf(valueAt(before, at))))];
    const parent = holders[dice(holders.length)] ?? top;
    const key = isList(parent) ? null : name;
    const end = within(parent, membersOf(valueAt(before, parent)).length);
    const edit: Edit = (members) => void members.push([key, value]);
    return { text: appendMember(before, end, key, json), place: end, edit, move: stays, parent };
  }
  const key = isList(above(place)) ? null : name;
  if (choice === 1) {
    const edit: Edit = (members, at) => void members.splice(at, 1);
    return { text: removeMember(before, place), place, edit, move: afterRemoval(place) };
  }
  if (choice === 2) {
    const edit: Edit = (members, at) => void members.splice(at, 0, [key, value]);
    const member = key === null ? json : `"${key}" : ${json}`;
    return { text: insertMember(before, place, member), place, edit, move: afterInsertion(place) };
  }
  if (choice === 3 && key !== null) {
    const edit: Edit = (members, at) => void members.splice(at, 1, [key, members[at]?.[1]]);
    return { text: renameKey(before, place, key), place, edit, move: stays };
  }
  const edit: Edit = (members, at) => void members.splice(at, 1, [members[at]?.[0] ?? null, value]);
  const move: Move = (kept) => (kept === place || isBelow(kept, place) ? null : kept);
  return { text: setValue(before, place, json), place, edit, move };
}

type Entry = [string | null, unknown];

function edited(value: unknown, way: number[], position: number, edit: Edit): unknown {
  const isList = Array.isArray(value);
  const members: Entry[] = isList ? value.map((item): Entry => [null, item]) : Object.entries(value as object);
  const [next, ...rest] = way;
  const inner = next === undefined ? undefined : members[next];
  if (next === undefined || !inner) edit(members, position);
  else members[next] = [inner[0], edited(inner[1], rest, position, edit)];
  return isList ? members.map(([, item]) => item) : Object.fromEntries(members);
}

function places({ root }: ObjectText): Place[] {
  const below = (node: typeof root, parent: Place): Place[] =>
    membersOf(node).flatMap((member, index) => {
      const place = within(parent, index);
      return [place, ...below(valueOf(member), place)];
    });
  return below(root, top);
}

type Dice = (sides: number) => number;

/** Numbers by chance that are the same each time (mulberry32). */
function roller(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const texts = ['""', '"a, \\"b\\": {"', '"\\u00e9\\n"', '"]}"'];
const scalars = ['1.0', '90071992547409931234', '-0', '1E+2', 'true', 'null', ...texts];
const blanks = ['', '', ' ', '\n', '\r\n\t', '  '];

function anyValue(dice: Dice, depth: number): string {
  const kind = dice(depth > 3 ? 2 : 4);
  if (kind === 3) return anyObject(dice, depth + 1);
  if (kind === 2) return `[${anyMembers(dice, () => anyValue(dice, depth + 1))}]`;
  return scalars[dice(scalars.length)] ?? 'null';
}

function anyObject(dice: Dice, depth: number): string {
  return `{${anyMembers(dice, (index) => `"k${index}"${blank(dice)}:${blank(dice)}${anyValue(dice, depth)}`)}}`;
}

function anyMembers(dice: Dice, member: (index: number) => string): string {
  const members = Array.from({ length: dice(4) }, (_, index) => blank(dice) + member(index) + blank(dice));
  return members.join(',') || blank(dice);
}

function blank(dice: Dice): string {
  return blanks[dice(blanks.length)] ?? '';
}
