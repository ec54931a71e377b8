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
import { converted, isNumber, kindOf, type Kind } from './kinds';
import { withLineEndOf } from './line-ends';
import { memberAt, membersOf, nameOf, readObject, valueAt, written, type ObjectText } from './object-text';
import { above, positionOf, top, within, type Place } from './place';
import { withMember, without, withNewValue, withoutMember, type Lost, type TableDraft } from './table-draft';

/** What a person does in the table. */
export type TableStep =
  | { do: 'rename'; place: Place; name: string }
  | { do: 'enter'; place: Place; typed: string }
  | { do: 'convert'; place: Place; kind: Kind }
  | { do: 'remove'; place: Place }
  | { do: 'add'; parent: Place }
  | { do: 'fold'; place: Place }
  | { do: 'undo' };

/** Where the work goes on: a field of a row, or the button below the rows. */
export type Focus = { place: Place; part: 'name' | 'kind' | 'value' | 'remove' } | 'add';

type Outcome = { text: string; table: TableDraft; focus?: Focus };

/** One step of editing: the new text, and what the table knows then. */
export function stepped(object: ObjectText, table: TableDraft, step: TableStep): Outcome {
  const outcome = settled(taken(object, table, step));
  return { ...outcome, table: { ...outcome.table, of: outcome.text } };
}

function taken(object: ObjectText, table: TableDraft, step: TableStep): Outcome {
  switch (step.do) {
    case 'rename':
      return rename(object, table, step.place, step.name);
    case 'enter':
      return enter(object, table, step.place, step.typed);
    case 'convert':
      return convert(object, table, step.place, step.kind);
    case 'remove':
      return remove(object, table, step.place);
    case 'add':
      return add(object, table, step.parent);
    case 'fold':
      return fold(object, table, step.place);
    case 'undo':
      return table.lost ? bringBack(object, table, table.lost) : { text: object.text, table };
  }
}

function rename(object: ObjectText, table: TableDraft, place: Place, name: string): Outcome {
  const { text } = object;
  const names = without(table.names, place);
  if (otherNames(object, above(place), place).has(name)) {
    return { text, table: { ...table, names: names.set(place, name) } };
  }
  const same = nameOf(memberAt(object, place)) === name;
  return { text: same ? text : renameKey(object, place, name), table: { ...table, names } };
}

function enter(object: ObjectText, table: TableDraft, place: Place, typed: string): Outcome {
  const node = valueAt(object, place);
  if (kindOf(node) === 'text') {
    const before = String(node.value);
    const after = withLineEndOf(before, typed);
    // what reads as before stays as it was written
    return { text: after === before ? object.text : setValue(object, place, JSON.stringify(after)), table };
  }
  const json = typed.trim();
  const values = without(table.values, place);
  if (kindOf(node) === 'number' && !isNumber(json)) {
    return { text: object.text, table: { ...table, values: values.set(place, typed) } };
  }
  return { text: setValue(object, place, json), table: { ...table, values } };
}

function convert(object: ObjectText, table: TableDraft, place: Place, kind: Kind): Outcome {
  const node = valueAt(object, place);
  const before = written(object, node);
  const typed = table.values.get(place);
  // what is no number may well be meant as a text
  const json = kind === 'text' && typed !== undefined ? JSON.stringify(typed) : converted(before, kind);
  const text = setValue(object, place, json);
  const after = withNewValue(table, place);
  if (converted(json, kindOf(node)) === before) return { text, table: after };
  const words = `${called(object, place)} lost its value.`;
  return { text, table: { ...after, lost: { place, words, what: 'value', json: before } } };
}

function remove(object: ObjectText, table: TableDraft, place: Place): Outcome {
  const [parent, position] = [above(place), positionOf(place)];
  const count = membersOf(valueAt(object, parent)).length;
  const before = position > 0 ? within(parent, position - 1) : parent;
  const next = position + 1 < count ? place : before;
  const words = `${called(object, place)} removed.`;
  const lost: Lost = { place, words, what: 'member', json: memberText(object, place) };
  return {
    text: removeMember(object, place),
    table: { ...withoutMember(table, place, count), lost },
    focus: next === top ? 'add' : { place: next, part: 'remove' },
  };
}

function add(object: ObjectText, table: TableDraft, parent: Place): Outcome {
  const around = valueAt(object, parent);
  const count = membersOf(around).length;
  const place = within(parent, count);
  const name = kindOf(around) === 'object' ? freeName('', otherNames(object, parent)) : null;
  return {
    text: appendMember(object, place, name, '""'),
    table: { ...withMember(table, place, count), open: new Set(table.open).add(parent) },
    focus: { place, part: name === null ? 'value' : 'name' },
  };
}

function fold(object: ObjectText, table: TableDraft, place: Place): Outcome {
  const open = new Set(table.open);
  if (!open.delete(place)) open.add(place);
  return { text: object.text, table: { ...table, open } };
}

function bringBack(object: ObjectText, table: TableDraft, { place, what, json }: Lost): Outcome {
  const focus = { place, part: 'kind' } as const;
  if (what === 'value') {
    return { text: setValue(object, place, json), table: { ...withNewValue(table, place), lost: null }, focus };
  }
  const around = valueAt(object, above(place));
  const isNamed = kindOf(around) === 'object';
  const member = isNamed ? withFreeName(json, otherNames(object, above(place))) : json;
  const after = withMember(table, place, membersOf(around).length);
  return { text: insertMember(object, place, member), table: { ...after, lost: null }, focus };
}

/** Writes the keys that were refused and are free by now. */
function settled(outcome: Outcome): Outcome {
  let { text, table } = outcome;
  for (const [place, name] of table.names) {
    const object = readObject(text);
    if ('fault' in object) break;
    ({ text, table } = rename(object, table, place, name));
  }
  return { ...outcome, text, table };
}

function called(object: ObjectText, place: Place): string {
  const name = nameOf(memberAt(object, place));
  return name === null ? `Item ${positionOf(place) + 1}` : `Key “${name}”`;
}
