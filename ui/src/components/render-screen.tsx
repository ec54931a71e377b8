import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';

/** Renders a part of a screen in a test, with a query cache of its own. */
export function renderScreen(screen: ReactElement): RenderResult {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  });
  return render(<QueryClientProvider client={client}>{screen}</QueryClientProvider>);
}
