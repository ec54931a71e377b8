/** Which secrets are selected, on whatever page they are, and which box was used last. */
export type Chosen = { ids: ReadonlySet<string>; last: string | null };

export const nothingChosen: Chosen = { ids: new Set(), last: null };

/**
 * Turns a box around. As a range, all boxes from the one used last get what this one gets, as far as
 * that one is on the same page.
 */
export function toggled({ ids, last }: Chosen, id: string, page: readonly string[], range: boolean): Chosen {
  const from = range && last !== null ? page.indexOf(last) : -1;
  const to = page.indexOf(id);
  const boxes = from < 0 ? [id] : page.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: set(ids, boxes, !ids.has(id)), last: id };
}

/** Selects the whole page, or nothing of it if it is selected. */
export function pageToggled({ ids, last }: Chosen, page: readonly string[]): Chosen {
  return { ids: set(ids, page, page.some((id) => !ids.has(id))), last };
}

/** The same without some of them. */
export function without(ids: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  return gone.some((id) => ids.has(id)) ? set(ids, gone, false) : ids;
}

function set(ids: ReadonlySet<string>, boxes: readonly string[], on: boolean): Set<string> {
  const next = new Set(ids);
  for (const id of boxes) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}
