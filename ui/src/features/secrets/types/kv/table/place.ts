/**
 * Where a member of the object stands: its position at each level from the top, as `2.0.1`. Unlike a
 * path of keys it stays the same while a key is renamed, so a field keeps its focus.
 */
export type Place = string;

/** The object itself. */
export const top: Place = '';

export function within(parent: Place, position: number): Place {
  return parent === top ? String(position) : `${parent}.${position}`;
}

/** What a member stands in. */
export function above(place: Place): Place {
  return place.slice(0, Math.max(0, place.lastIndexOf('.')));
}

export function positionOf(place: Place): number {
  return Number(place.slice(place.lastIndexOf('.') + 1));
}

export function positions(place: Place): number[] {
  return place === top ? [] : place.split('.').map(Number);
}

export function isBelow(place: Place, parent: Place): boolean {
  return place !== parent && (parent === top || place.startsWith(`${parent}.`));
}

/** Where a member stands after a change; `null`: it is gone. */
export type Move = (place: Place) => Place | null;

export function afterRemoval(removed: Place): Move {
  return (place) => {
    if (place === removed || isBelow(place, removed)) return null;
    return behind(place, removed) ? shifted(place, removed, -1) : place;
  };
}

export function afterInsertion(inserted: Place): Move {
  return (place) => {
    const pushed = place === inserted || isBelow(place, inserted) || behind(place, inserted);
    return pushed ? shifted(place, inserted, 1) : place;
  };
}

/** After another value came in the place of this one: what was in it is gone. */
export function afterReplacement(replaced: Place): Move {
  return (place) => (isBelow(place, replaced) ? null : place);
}

export function movedPlaces(places: ReadonlySet<Place>, move: Move): Set<Place> {
  return new Set([...places].map(move).filter((place) => place !== null));
}

export function movedEntries<Value>(entries: ReadonlyMap<Place, Value>, move: Move): Map<Place, Value> {
  const moved = [...entries].map(([place, value]) => [move(place), value] as const);
  return new Map(moved.filter((entry): entry is readonly [Place, Value] => entry[0] !== null));
}

/** Whether it is, or is in, a later member beside the other one. */
function behind(place: Place, other: Place): boolean {
  const own = positions(place);
  const level = positions(other).length - 1;
  return isBelow(place, above(other)) && (own[level] ?? -1) > positionOf(other);
}

function shifted(place: Place, beside: Place, by: number): Place {
  const level = positions(beside).length - 1;
  return positions(place)
    .map((position, at) => (at === level ? position + by : position))
    .join('.');
}
