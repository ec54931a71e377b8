import type { Node } from 'jsonc-parser';
import { memberAt, membersOf, nameOf, readObject, valueAt, valueOf, written, type ObjectText } from './object-text';
import { above, positionOf, top, type Place } from './place';

/*
 * Each edit gives the new text and leaves every sign alone that it is not about: numbers keep their
 * digits, keys their order, lines their indentation. Values are given as JSON.
 */

export function setValue(object: ObjectText, place: Place, json: string): string {
  return replaced(object, valueAt(object, place), json);
}

/** The key changes, its place does not. That no other one is called so is the caller's affair. */
export function renameKey(object: ObjectText, place: Place, name: string): string {
  const key = memberAt(object, place).children?.[0];
  if (!key) throw new Error('a value of a list has no key');
  return replaced(object, key, JSON.stringify(name));
}

/** A member as it is written, to be inserted again. */
export function memberText(object: ObjectText, place: Place): string {
  return written(object, memberAt(object, place));
}

export function removeMember(object: ObjectText, place: Place): string {
  const { text } = object;
  const around = valueAt(object, above(place));
  const members = membersOf(around);
  const at = positionOf(place);
  const member = memberAt(object, place);
  const [before, after] = [members[at - 1], members[at + 1]];
  if (after) return spliced(text, member.offset, after.offset, '');
  if (before) return spliced(text, end(before), end(member), '');
  return spliced(text, around.offset + 1, end(around) - 1, '');
}

/** Inserts what {@link memberText} gave, before what is at that place now, or at the end. */
export function insertMember(object: ObjectText, place: Place, member: string): string {
  const { text } = object;
  const around = valueAt(object, above(place));
  const members = membersOf(around);
  const at = members[positionOf(place)];
  if (at) return spliced(text, at.offset, at.offset, `${member},${blanksBefore(text, at.offset)}`);
  const last = members.at(-1);
  if (last) return spliced(text, end(last), end(last), `,${blanksBefore(text, last.offset)}${member}`);
  const { inner, outer } = blanksWithin(object, above(place));
  return spliced(text, around.offset + 1, end(around) - 1, `${inner}${member}${outer}`);
}

/** A new member at the end of an object or list, written as the one before it. */
export function appendMember(object: ObjectText, place: Place, name: string | null, json: string): string {
  const last = membersOf(valueAt(object, above(place))).at(-1);
  return insertMember(object, place, name === null ? json : `${JSON.stringify(name)}${colonOf(object, last)}${json}`);
}

/** The keys beside that of a place. */
export function otherNames(object: ObjectText, parent: Place, place?: Place): Set<string> {
  const names = membersOf(valueAt(object, parent)).map(nameOf);
  if (place !== undefined) names.splice(positionOf(place), 1);
  return new Set(names.filter((name) => name !== null));
}

/** The first of a name, the name with 2, with 3 and so on that is not taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let next = 2; taken.has(free); next += 1) free = `${name || 'key'}-${next}`;
  return free;
}


/** A member as it is written, under another key if its own is taken. */
export function withFreeName(member: string, taken: ReadonlySet<string>): string {
  const alone = readObject(`{${member}}`);
  if ('fault' in alone) throw new Error('a member is a key and a value');
  const name = nameOf(memberAt(alone, '0')) ?? '';
  return taken.has(name) ? renameKey(alone, '0', freeName(name, taken)).slice(1, -1) : member;
}

function replaced({ text }: ObjectText, node: Node, by: string): string {
  return spliced(text, node.offset, end(node), by);
}

function spliced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function end({ offset, length }: Node): number {
  return offset + length;
}

/** The spaces and line ends that stand before a part. */
function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && ' \t\n\r'.includes(text.charAt(start - 1))) start -= 1;
  return text.slice(start, offset);
}

/** The spaces around the first member of what is empty: its own line in an object that has lines. */
function blanksWithin(object: ObjectText, place: Place): { inner: string; outer: string } {
  if (place === top) return { inner: '\n  ', outer: '\n' };
  const line = blanksBefore(object.text, memberAt(object, place).offset);
  return line.includes('\n') ? { inner: `${line}  `, outer: line } : { inner: '', outer: '' };
}

function colonOf({ text }: ObjectText, member: Node | undefined): string {
  const key = member?.children?.[0];
  return member?.type === 'property' && key ? text.slice(end(key), valueOf(member).offset) : ': ';
}
