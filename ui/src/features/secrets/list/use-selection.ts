import { useQuery } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SecretView } from '../../../ipc/bindings';
import { goneQuery } from '../queries';
import { nothingChosen, pageToggled, without, toggled } from './selection';

/** The selection, which outlives page, search and order; secrets that are gone leave it. */
export function useSelection(secrets: readonly SecretView[] | undefined) {
  const [chosen, setChosen] = useState(nothingChosen);
  const { data: gone } = useQuery({ ...goneQuery([...chosen.ids]), enabled: chosen.ids.size > 0 });
  const ids = useMemo(() => without(chosen.ids, gone ?? []), [chosen.ids, gone]);
  const page = useMemo(() => (secrets ?? []).map(({ metadata }) => metadata.id), [secrets]);

  // a row gets the same function however the page changes around it
  const shown = useRef(page);
  useLayoutEffect(() => {
    shown.current = page;
  });
  const toggle = useCallback((id: string, range: boolean) => {
    const around = shown.current;
    setChosen((now) => toggled(now, id, around, range));
  }, []);
  const togglePage = useCallback(() => {
    const all = shown.current;
    setChosen((now) => pageToggled(now, all));
  }, []);
  const drop = useCallback((some: readonly string[]) => setChosen(({ ids, last }) => ({ ids: without(ids, some), last })), []);
  const clear = useCallback(() => setChosen(nothingChosen), []);

  const onPage = useMemo(() => page.filter((id) => ids.has(id)).length, [page, ids]);
  const { last } = chosen;
  return useMemo(
    () => ({
      ids,
      /** How many of them are on the page that is shown. */
      onPage,
      /** Whose box was used last. */
      last,
      toggle,
      togglePage,
      drop,
      clear,
    }),
    [ids, onPage, last, toggle, togglePage, drop, clear],
  );
}

export type Selection = ReturnType<typeof useSelection>;
