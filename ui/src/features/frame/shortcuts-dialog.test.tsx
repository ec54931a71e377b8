import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ShortcutsDialog } from './shortcuts-dialog';

it('lists the keys by where they work', () => {
  render(<ShortcutsDialog onClose={() => undefined} />);
  const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(dialog).getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'Everywhere',
    'Secrets list',
    'Dialogs',
  ]);
  const keysOf = (title: string) =>
    [...within(dialog).getByRole('table', { name: title }).querySelectorAll('kbd')].map(({ textContent }) => textContent);
  expect(keysOf('Everywhere')).toEqual(['Ctrl+K', '?', 'Ctrl+L']);
  expect(keysOf('Secrets list')).toEqual(['/', 'n', 'Up, Down', 'Space', 'Shift+Space', 'Enter', 'v', 'r', 'h']);
  expect(keysOf('Dialogs')).toEqual(['Enter', 'Escape', 'Ctrl+C', 'Shift+Enter']);
});
