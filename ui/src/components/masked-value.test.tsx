import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MaskedValue } from './masked-value';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function press(name: string) {
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await Promise.resolve();
  });
}

describe('MaskedValue', () => {
  it('is not in the page until it is asked for, and leaves it after its time', async () => {
    const { container } = render(<MaskedValue label="value" reveal={() => Promise.resolve('hunter2')} seconds={15} />);
    expect(container.innerHTML).not.toContain('hunter2');
    await press('Show value');
    expect(container.textContent).toContain('hunter2');
    act(() => void vi.advanceTimersByTime(14_000));
    expect(container.textContent).toContain('hunter2');
    act(() => void vi.advanceTimersByTime(1_500));
    expect(container.innerHTML).not.toContain('hunter2');
  });

  it('hides at once, and keeps the value out of every name', async () => {
    const { container } = render(<MaskedValue label="value" reveal={() => Promise.resolve('hunter2')} seconds={15} />);
    await press('Show value');
    for (const element of container.querySelectorAll('[aria-label],[title],[alt]')) {
      expect(element.getAttribute('aria-label') ?? '').not.toContain('hunter2');
      expect(element.getAttribute('title') ?? '').not.toContain('hunter2');
    }
    await press('Hide value');
    expect(container.innerHTML).not.toContain('hunter2');
  });

  it('says why it cannot be shown', async () => {
    const gone = { code: 'value_gone', message: 'The value of this version is no longer kept.' };
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the bridge rejects with
    render(<MaskedValue label="value" reveal={() => Promise.reject(gone)} seconds={15} />);
    await press('Show value');
    expect(screen.getByRole('alert').textContent).toContain(gone.message);
  });
});
