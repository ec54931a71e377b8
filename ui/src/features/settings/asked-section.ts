import { useIsFetching } from '@tanstack/react-query';
import { useEffect } from 'react';

let asked: string | null = null;

/** Makes the page **Settings** begin at one of its sections when it is opened next. */
export function askForSection(id: string): void {
  asked = id;
}

/** Goes to the section that was asked for, once what stands above it has its size. */
export function useAskedSection(): void {
  const settled = useIsFetching() === 0;
  useEffect(() => {
    if (!settled || asked === null) return undefined;
    // what is read begins a moment later, and the page gives the focus to itself when it is opened
    const frame = requestAnimationFrame(() => {
      const heading = document.getElementById(asked ?? '');
      asked = null;
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: 'start' });
    });
    return () => cancelAnimationFrame(frame);
  }, [settled]);
}
