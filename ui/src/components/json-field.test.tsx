import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { JsonField } from './json-field';

describe('JsonField', () => {
  it('hands on the text exactly as typed', async () => {
    const onChange = vi.fn();
    render(<JsonField id="m" label="Metadata" text="" onChange={onChange} />);
    await userEvent.click(screen.getByLabelText('Metadata'));
    await userEvent.paste('{ "a": 1,  }');
    expect(onChange).toHaveBeenLastCalledWith('{ "a": 1,  }');
  });

  it('ties the fault to the field', () => {
    render(<JsonField id="m" label="Metadata" text="{" onChange={vi.fn()} error="Not JSON at line 1, column 2." />);
    const field = screen.getByLabelText('Metadata');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Not JSON at line 1, column 2.')).toBeTruthy();
  });
});
