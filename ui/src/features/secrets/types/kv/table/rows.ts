import type { Node } from 'jsonc-parser';
import { isHolder, kindOf, type Kind } from './kinds';
import { membersOf, nameOf, valueOf, written, type ObjectText } from './object-text';
import { positionOf, top, within, type Place } from './place';
import type { TableDraft } from './table-draft';

/** A member that can be seen, because all that it is in is open. */
type Seen = { id: string; place: Place; member: Node; depth: number; inside: string };

/** A row, of plain values alone: one that reads as before is not drawn again. */
export type Row = {
  /** Stays the same while others come and go: a row that only moves is not made anew. */
  id: string;
  place: Place;
  depth: number;
  position: number;
  /** The key; `null` for a value of a list. */
  name: string | null;
  kind: Kind;
  /** A text as it reads, anything else as it is written; of an object or list, nothing. */
  value: string;
  /** How many members it holds. */
  size: number;
  isOpen: boolean;
  /** For names of fields: what it is called, and what it is in. */
  title: string;
  inside: string;
};

/** All members that can be seen, from the top down. */
export function seenMembers({ root }: ObjectText, { open, orders }: TableDraft): Seen[] {
  const seen: Seen[] = [];
  function see(around: Node, parent: Seen | null): void {
    const { place: above, id: before, depth } = parent ?? { place: top, id: '', depth: -1 };
    const inside = parent ? ` in ${titleOf(parent.member, positionOf(above))}${parent.inside}` : '';
    const order = orders.get(above);
    membersOf(around).forEach((member, position) => {
      const place = within(above, position);
      const id = `${before}.${order?.[position] ?? position}`;
      const own = { id, place, member, depth: depth + 1, inside };
      seen.push(own);
      if (open.has(place)) see(valueOf(member), own);
    });
  }
  see(root, null);
  return seen;
}

export function rowOf(object: ObjectText, seen: Seen, { open }: TableDraft): Row {
  const { id, place, member, depth, inside } = seen;
  const node = valueOf(member);
  const kind = kindOf(node);
  const holds = isHolder(kind);
  const position = positionOf(place);
  return {
    id,
    place,
    depth,
    position,
    name: nameOf(member),
    kind,
    value: kind === 'text' ? String(node.value) : holds ? '' : written(object, node),
    size: membersOf(node).length,
    isOpen: holds && open.has(place),
    title: titleOf(member, position) + inside,
    inside,
  };
}

/** What a member is called where its key cannot be seen. */
export function titleOf(member: Node, position: number): string {
  const name = nameOf(member);
  if (name === null) return `item ${position + 1}`;
  return name || `key ${position + 1}`;
}
