import { useEffect, useLayoutEffect, useRef } from 'react';
import { giveBack } from '../../../../../components/file-drops';
import type { PartDraft, PartFile, PartName } from './part';
import { partsFiles, type Parts } from './parts';
import { withFound } from './taken-file';

/** Changes of parts. A file takes its time to be read, and the other parts may be another's by then. */
export function useParts(parts: Parts, names: readonly PartName[], onChange: (parts: Parts) => void) {
  const latest = useRef(parts);
  const there = useRef(true);
  useLayoutEffect(() => {
    latest.current = parts;
  });
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);

  function change(next: Parts): void {
    if (!there.current) return;
    const kept = partsFiles(next);
    partsFiles(latest.current)
      .filter((token) => !kept.includes(token))
      .forEach(giveBack);
    latest.current = next;
    onChange(next);
  }

  const set = (name: PartName, part: Partial<PartDraft>) =>
    change({ ...latest.current, [name]: { ...latest.current[name], ...part } });
  return {
    set,
    /** What was found in a file that was picked for a part. */
    found: (name: PartName, file: PartFile) => change(withFound(latest.current, name, file, names)),
    remove: (name: PartName) => set(name, { source: 'file', file: null }),
    enterPassword: (password: string) => change({ ...latest.current, password }),
  };
}

export type PartChanges = ReturnType<typeof useParts>;
