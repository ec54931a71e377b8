import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { positions, type Place } from './place';

/** A text that is one JSON object, with the places of its parts. */
export type ObjectText = { text: string; root: Node };

/** Why a text cannot be shown as a table. */
export type Fault = { fault: string };

/** Reads a text as an object in which no key stands twice. No text yet is an object without keys. */
export function readObject(given: string): ObjectText | Fault {
  // Rust passes over this mark of UTF-8 as well
  const text = given.replace(/^\uFEFF/, '');
  const read = readJson(text.trim() === '' ? '{}' : text);
  if ('fault' in read || read.root.type === 'object') return read;
  return { fault: `A JSON object is needed, but another value starts at ${spot(text, read.root.offset)}.` };
}

/** Reads any JSON value, by the strict rules. */
export function readJson(text: string): ObjectText | Fault {
  try {
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { disallowComments: true });
    const [first] = errors;
    if (first) return { fault: `This is not JSON: the fault is at ${spot(text, first.offset)}.` };
    if (!root) return { fault: 'There is no JSON yet.' };
    const twice = repeatedKey(root);
    if (twice) return { fault: `A key stands there for the second time at ${spot(text, twice.offset)}.` };
    return { text, root };
  } catch (error) {
    // the parser goes down with the nesting, as deep as the stack of the page is
    if (error instanceof RangeError) return { fault: 'Objects and lists are nested too deep for a table.' };
    throw error;
  }
}

/** What an object or list holds: properties or values. */
export function membersOf({ children = [] }: Node): readonly Node[] {
  return children;
}

/** The member at a place: a property of an object, or a value of a list; the root for the top. */
export function memberAt({ root }: ObjectText, place: Place): Node {
  let node = root;
  for (const position of positions(place)) {
    const member = membersOf(valueOf(node))[position];
    if (!member) throw new Error('there is no such member');
    node = member;
  }
  return node;
}

export function valueAt(object: ObjectText, place: Place): Node {
  return valueOf(memberAt(object, place));
}

export function valueOf(member: Node): Node {
  return member.type === 'property' ? (member.children?.[1] ?? member) : member;
}

/** The key of a member; `null` for a value of a list. */
export function nameOf(member: Node): string | null {
  return member.type === 'property' ? String(member.children?.[0]?.value) : null;
}

/** A part as it is written. */
export function written({ text }: ObjectText, { offset, length }: Node): string {
  return text.slice(offset, offset + length);
}

function repeatedKey(node: Node): Node | null {
  const names = new Set<string>();
  for (const member of membersOf(node)) {
    const name = nameOf(member);
    if (name !== null && names.has(name)) return member;
    if (name !== null) names.add(name);
    const repeated = repeatedKey(valueOf(member));
    if (repeated) return repeated;
  }
  return null;
}

function spot(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}
