import type { Node } from 'jsonc-parser';
import { membersOf, readJson, valueOf, written, type ObjectText } from './object-text';

/** What a value can be, in the words of the table. */
export type Kind = 'text' | 'number' | 'boolean' | 'null' | 'object' | 'list';

export const kindNames: Record<Kind, string> = {
  text: 'Text',
  number: 'Number',
  boolean: 'True/False',
  null: 'Null',
  object: 'Object',
  list: 'List',
};

export const kinds = Object.keys(kindNames) as Kind[];

export function isKind(word: string): word is Kind {
  return word in kindNames;
}

/** Whether it holds others, which are shown as rows of their own. */
export function isHolder(kind: Kind): kind is 'object' | 'list' {
  return kind === 'object' || kind === 'list';
}

export function kindOf({ type }: Node): Kind {
  switch (type) {
    case 'string':
      return 'text';
    case 'array':
      return 'list';
    case 'property':
      throw new Error('a property is no value');
    default:
      return type;
  }
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Whether it is a number as JSON writes them. */
export function isNumber(typed: string): boolean {
  return number.test(typed);
}

/** A value as JSON of another kind, as near to what it says as that kind allows. */
export function converted(json: string, to: Kind): string {
  const value = readJson(json);
  if ('fault' in value) throw new Error('what is converted is JSON');
  const from = kindOf(value.root);
  return from === to ? json : conversions[to](value, from);
}

const conversions: Record<Kind, (value: ObjectText, from: Kind) => string> = {
  // objects and lists become the text that they are written as, and come back from it
  text: ({ text }, from) => (from === 'null' ? '""' : JSON.stringify(text)),
  number: (value, from) => {
    if (from === 'boolean') return value.root.value === true ? '1' : '0';
    const typed = plain(value, from).trim();
    return isNumber(typed) ? typed : '0';
  },
  boolean: (value, from) => {
    if (from === 'number') return value.root.value === 0 ? 'false' : 'true';
    return plain(value, from) === 'true' ? 'true' : 'false';
  },
  null: () => 'null',
  object: (value, from) => {
    if (from === 'list') return `{${items(value).map((item, at) => `"${at + 1}":${item}`).join(',')}}`;
    return asWritten(value, from, 'object') ?? (isNothing(value, from) ? '{}' : `{"value":${value.text}}`);
  },
  list: (value, from) => {
    if (from === 'object') return `[${items(value).join(',')}]`;
    return asWritten(value, from, 'list') ?? (isNothing(value, from) ? '[]' : `[${value.text}]`);
  },
};

function plain({ text, root }: ObjectText, from: Kind): string {
  return from === 'text' ? String(root.value) : text;
}

function isNothing({ root }: ObjectText, from: Kind): boolean {
  return from === 'null' || root.value === '';
}

function items(value: ObjectText): string[] {
  return membersOf(value.root).map((member) => written(value, valueOf(member)));
}

/** A text that holds an object or list, as that. */
function asWritten({ root }: ObjectText, from: Kind, to: Kind): string | null {
  const text = from === 'text' ? String(root.value) : '';
  const read = readJson(text);
  return 'fault' in read || kindOf(read.root) !== to ? null : text.trim();
}
