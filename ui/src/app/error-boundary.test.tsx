import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ErrorBoundary } from './error-boundary';

function Broken(): never {
  throw new Error('hunter2');
}

it('shows a broken view as words that do not quote the error', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { container } = render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole('alert').textContent).toContain('This view stopped working');
  expect(container.innerHTML).not.toContain('hunter2');
});
