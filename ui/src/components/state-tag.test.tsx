import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { StateTag } from './state-tag';

describe('StateTag', () => {
  it.each([
    [0, 'Pre-activation'],
    [1, 'Active'],
    [2, 'Suspended'],
    [3, 'Deactivated'],
    [5, 'Destroyed'],
  ])('shows state %i by icon and word', (state, word) => {
    const { container } = render(<StateTag state={state} />);
    expect(container.textContent).toBe(word);
    expect(container.querySelector('svg')).not.toBeNull();
  });

  it('says when locks alone keep an expired secret active', () => {
    const { container } = render(<StateTag state={1} held />);
    expect(container.textContent).toBe('Active, expired but locked');
    expect(container.querySelector('svg')).not.toBeNull();
  });

  it('names a state it does not know', () => {
    expect(render(<StateTag state={4} />).container.textContent).toBe('State 4');
  });
});
