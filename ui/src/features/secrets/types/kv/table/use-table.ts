import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ObjectDraft } from '../object-draft';
import { isHolder, kindOf } from './kinds';
import { readObject, valueOf, type ObjectText } from './object-text';
import { rowOf, seenMembers } from './rows';
import { stepped, type Focus, type TableStep } from './steps';
import { tableBeside } from './table-draft';

/** More rows than this are shown in pages: each has several fields, and all of them would take seconds. */
export const rowsOfPage = 100;

/** The rows of an object, the steps that change it, and the focus that goes along with them. */
export function useTable(object: ObjectText, draft: ObjectDraft, onChange: (part: Partial<ObjectDraft>) => void) {
  const table = tableBeside(draft.text, draft.table);
  const [asked, setPage] = useState(0);
  const wanted = useRef<Focus | null>(null);

  const seen = seenMembers(object, table);
  const page = Math.min(asked, Math.max(0, Math.ceil(seen.length / rowsOfPage) - 1));
  const rows = seen
    .slice(page * rowsOfPage, (page + 1) * rowsOfPage)
    .map((member) => rowOf(object, member, table));

  function take(next: TableStep): void {
    const { text, table: after, focus } = stepped(object, table, next);
    onChange({ text, table: after });
    if (!focus) return;
    wanted.current = focus;
    if (focus === 'add') return;
    const read = readObject(text);
    const all = 'fault' in read ? [] : seenMembers(read, after);
    setPage(Math.floor(all.findIndex(({ place }) => place === focus.place) / rowsOfPage));
  }

  // rows keep their `step`, so that one row's change does not draw the others anew
  const latest = useRef(take);
  useLayoutEffect(() => {
    latest.current = take;
  });
  const step = useCallback((next: TableStep) => latest.current(next), []);

  useEffect(() => {
    const { current: focus } = wanted;
    if (!focus) return;
    wanted.current = null;
    const go = () => document.getElementById(fieldId(focus))?.focus();
    go();
    // a moment after a click Carbon's dialog looks where the focus went, and away from what is gone
    window.setTimeout(go);
  });

  /** Without anything to open, keys begin at the edge. */
  const isFlat = seen.every(({ member }) => !isHolder(kindOf(valueOf(member))));

  return { table, rows, total: seen.length, isFlat, page, setPage, step };
}

export function fieldId(focus: Focus): string {
  return focus === 'add' ? 'kt-object-add' : `kt-object-${focus.part}-${focus.place}`;
}
