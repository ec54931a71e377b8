import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ToastHost } from '../components/toasts';
import { ErrorBoundary } from './error-boundary';
import { makeQueryClient } from './query-client';
import { Window } from './window';

/** What every screen stands in. */
export function App() {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ErrorBoundary>
        <ToastHost>
          <Window />
        </ToastHost>
      </ErrorBoundary>
    </QueryClientProvider>
  );
}
