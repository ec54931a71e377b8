import { useSyncExternalStore } from 'react';

/** Names of the pages. The address after `#` holds a name and never data. */
export type RouteName =
  | 'resource-list'
  | 'create-vault'
  | 'secrets'
  | 'secret-groups'
  | 'secrets-engines'
  | 'endpoints'
  | 'settings';

const names: readonly string[] = [
  'resource-list',
  'create-vault',
  'secrets',
  'secret-groups',
  'secrets-engines',
  'endpoints',
  'settings',
] satisfies RouteName[];

/** The page that is asked for; **Secrets** when none is. */
export function useRoute(): RouteName {
  return useSyncExternalStore(watch, read);
}

/** Goes to a page, as following a link does. */
export function go(name: RouteName): void {
  window.location.hash = name;
}

export function hrefOf(name: RouteName): string {
  return `#${name}`;
}

function watch(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

function read(): RouteName {
  const name = window.location.hash.slice(1);
  return isRoute(name) ? name : 'secrets';
}

function isRoute(name: string): name is RouteName {
  return names.includes(name);
}
