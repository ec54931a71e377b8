import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { secret } from '../secret-fixture';
import { NameList, namesOf } from './name-list';

const many = Array.from({ length: 12 }, (_, index) => secret(`s${String(99 - index)}`));

it('names the first ten by name, and how many more there are', () => {
  render(<NameList label="To be deleted" names={namesOf(many)} />);
  const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(items).toHaveLength(11);
  expect(items[0]).toBe('s88');
  expect(items[10]).toBe('and 2 more');
});

it('leaves out no reason', () => {
  render(<NameList label="Cannot be deleted" names={namesOf(many, () => 'It is locked.')} />);
  expect(screen.getAllByText(': It is locked.')).toHaveLength(12);
});
