import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { ListPagination } from './list-pagination';

const onPage = vi.fn();

function List() {
  const [page, setPage] = useState(3);
  onPage.mockImplementation(setPage);
  return <ListPagination page={page} pageSize={25} total={5_000} onPage={onPage} />;
}

it('goes to the page that is typed, shows where one is then, and keeps the focus', async () => {
  render(<List />);
  const field = screen.getByLabelText<HTMLInputElement>('Page');
  const type = async (text: string) => {
    await userEvent.clear(field);
    if (text) await userEvent.type(field, text);
    await userEvent.keyboard('{Enter}');
  };
  await type('9999');
  expect(onPage).toHaveBeenLastCalledWith(200, 25);
  expect(field.value).toBe('200');
  await type('9999');
  expect(field.value).toBe('200');
  await type('');
  expect(field.value).toBe('200');
  expect(onPage).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(field);
});
