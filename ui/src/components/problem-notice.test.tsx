import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ProblemNotice } from './problem-notice';

const full = { code: 'disk_full', message: 'The disk is full; nothing was changed.', remedy: 'Free some space.' };

describe('ProblemNotice', () => {
  it('shows cause and remedy as an alert', () => {
    render(<ProblemNotice error={full} />);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(full.message);
    expect(alert.textContent).toContain(full.remedy);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('runs its action', async () => {
    const run = vi.fn();
    render(<ProblemNotice error={full} action={{ label: 'Try again', run }} />);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(run).toHaveBeenCalledOnce();
    expect(screen.getByRole('alert').textContent).toContain(full.remedy);
  });

  it('shows markup as text', () => {
    render(<ProblemNotice error={{ ...full, message: '<img src=x onerror=alert(1)>' }} />);
    expect(document.querySelector('img')).toBeNull();
  });

  it('is not there without an error', () => {
    render(<ProblemNotice error={null} />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
