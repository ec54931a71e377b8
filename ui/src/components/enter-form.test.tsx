import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { EnterForm } from './enter-form';

const form = (refused: boolean) => (
  <EnterForm onSubmit={() => undefined} error={refused ? { code: 'bad_request' } : null}>
    <input aria-label="Name" />
    <input aria-label="Address" aria-invalid={refused} />
  </EnterForm>
);

const address = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Address' });

it('goes to the field at fault, with its text selected', async () => {
  const { rerender } = render(form(false));
  await userEvent.type(address(), 'http');
  await userEvent.click(screen.getByRole('textbox', { name: 'Name' }));
  rerender(form(true));
  expect(document.activeElement).toBe(address());
  await userEvent.keyboard('ftp');
  expect(address().value).toBe('ftp');
});

it('lets one type on in the field at fault', async () => {
  const { rerender } = render(form(false));
  await userEvent.type(address(), 'ht');
  rerender(form(true));
  await userEvent.keyboard('tp');
  expect(address().value).toBe('http');
});
