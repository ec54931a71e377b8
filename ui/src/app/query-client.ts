import { QueryClient } from '@tanstack/react-query';
import type { Problem } from '../ipc/bindings';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem;
  }
}

/**
 * The only place for what the instance knows. Nothing goes stale by itself: Rust says which tags a
 * change touches, and the subscriber to that event invalidates. Values of secrets never enter it.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        // the instance is in this program: being offline must not pause a call
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  });
}
