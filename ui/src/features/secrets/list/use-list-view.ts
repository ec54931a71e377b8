import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ListState } from '../../../ipc/bindings';
import { loadListState, saveListState } from '../../../ipc/list-state';
import { keptState, restoredView, type ListView } from './list-state';

const saveAfter = 300;

/** What the list showed when it was left. Never refetched: the page itself is what changes it. */
export function useSavedListState() {
  return useQuery({
    queryKey: ['list_state'],
    queryFn: loadListState,
    gcTime: 0,
  });
}

/** The state of the list, kept for the next start a moment after each change. */
export function useListView(left: ListState | null) {
  const [view, setView] = useState<ListView>(() => restoredView(left));
  const saved = useRef(view);

  const save = useEffectEvent(() => {
    if (saved.current === view) return;
    saved.current = view;
    // a list that forgets its filters is not worth a message
    saveListState(keptState(view)).catch(() => undefined);
  });
  useEffect(() => {
    const timer = window.setTimeout(() => save(), saveAfter);
    return () => window.clearTimeout(timer);
  }, [view]);
  useEffect(() => {
    const leave = () => save();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  return [view, setView] as const;
}
