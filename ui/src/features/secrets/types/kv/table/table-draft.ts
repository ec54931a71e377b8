import {
  above,
  afterInsertion,
  afterRemoval,
  afterReplacement,
  isBelow,
  movedEntries,
  movedPlaces,
  positionOf,
  type Move,
  type Place,
} from './place';

/** What the table knows besides the text of the object. */
export type TableDraft = {
  /** The text that this is about. Beside another one it says nothing. */
  of: string;
  /** Objects and lists whose members are shown. */
  open: ReadonlySet<Place>;
  /** The members of an object or list as they were at first, by number; where it is missing, they are. */
  orders: ReadonlyMap<Place, readonly number[]>;
  /** Keys and numbers as typed that cannot be written yet, each where its field is. */
  names: ReadonlyMap<Place, string>;
  values: ReadonlyMap<Place, string>;
  /** What the last removal or change of type took away. */
  lost: Lost | null;
};

/** A member or a value as it was written, and what is said of its loss. */
export type Lost = { place: Place; words: string; what: 'member' | 'value'; json: string };

export const newTable: TableDraft = {
  of: '',
  open: new Set(),
  orders: new Map(),
  names: new Map(),
  values: new Map(),
  lost: null,
};

/** The table beside a text that may have been changed elsewhere. */
export function tableBeside(text: string, table: TableDraft): TableDraft {
  return table.of === text ? table : { ...newTable, of: text, open: table.open };
}

/** Whether the text has all that the table shows. */
export function isWritten({ names, values }: TableDraft): boolean {
  return names.size === 0 && values.size === 0;
}

/** The table after a member came to a place, in an object or list of so many before. */
export function withMember(table: TableDraft, place: Place, count: number): TableDraft {
  const order = orderOf(table, above(place), count);
  order.splice(positionOf(place), 0, order.reduce((most, number) => Math.max(most, number + 1), 0));
  return reordered(moved(table, afterInsertion(place)), above(place), order);
}

/** The table after a member went, from an object or list of so many before. */
export function withoutMember(table: TableDraft, place: Place, count: number): TableDraft {
  const order = orderOf(table, above(place), count);
  order.splice(positionOf(place), 1);
  return reordered(moved(table, afterRemoval(place)), above(place), order);
}

/** The table after another value came to a place. What was lost in the old one cannot come back. */
export function withNewValue(table: TableDraft, place: Place): TableDraft {
  const { lost } = table;
  return {
    ...moved(
      { ...table, values: without(table.values, place), orders: without(table.orders, place) },
      afterReplacement(place),
    ),
    lost: lost && isBelow(lost.place, place) ? null : lost,
  };
}

/** The same entries but for one. */
export function without<Value>(entries: ReadonlyMap<Place, Value>, place: Place): Map<Place, Value> {
  const rest = new Map(entries);
  rest.delete(place);
  return rest;
}

function moved(table: TableDraft, move: Move): TableDraft {
  return {
    ...table,
    open: movedPlaces(table.open, move),
    orders: movedEntries(table.orders, move),
    names: movedEntries(table.names, move),
    values: movedEntries(table.values, move),
  };
}

function orderOf({ orders }: TableDraft, parent: Place, count: number): number[] {
  return [...(orders.get(parent) ?? Array.from({ length: count }, (_, number) => number))];
}

function reordered(table: TableDraft, parent: Place, order: readonly number[]): TableDraft {
  return { ...table, orders: new Map(table.orders).set(parent, order) };
}
