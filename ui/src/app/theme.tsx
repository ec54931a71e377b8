import { GlobalTheme } from '@carbon/react';
import { useInsertionEffect, useSyncExternalStore, type ReactNode } from 'react';
import type { Theme } from '../ipc/bindings';

const systemIsDark = '(prefers-color-scheme: dark)';

type KeyturnThemeProps = { theme: 'white' | 'g100'; children: ReactNode };

/** Carbon's white or g100 for everything below. */
export function KeyturnTheme({ theme, children }: KeyturnThemeProps) {
  // before anything below is measured or painted in the other colours, which would fade over then
  useInsertionEffect(() => applyTheme(theme), [theme]);
  return <GlobalTheme theme={theme}>{children}</GlobalTheme>;
}

/** What the choice in **Settings** comes to now; it follows the system as that changes. */
export function useShownTheme(choice: Theme): 'white' | 'g100' {
  const dark = useSyncExternalStore(watchSystem, systemDark);
  return shownTheme(choice, dark);
}

/** Colours the page before the first render, so that a dark desktop sees no white flash. */
export function applySystemTheme(): void {
  applyTheme(shownTheme('system', systemDark()));
}

function shownTheme(choice: Theme, dark: boolean): 'white' | 'g100' {
  if (choice === 'system') return dark ? 'g100' : 'white';
  return choice;
}

function applyTheme(theme: 'white' | 'g100'): void {
  document.documentElement.dataset.theme = theme;
}

function systemDark(): boolean {
  return window.matchMedia(systemIsDark).matches;
}

function watchSystem(changed: () => void): () => void {
  const query = window.matchMedia(systemIsDark);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
