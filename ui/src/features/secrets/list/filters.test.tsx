import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { Filters } from './filters';
import { cleared, narrowed, restoredView } from './list-state';

beforeEach(() => void answerCalls({ list_labels: () => [], list_groups: () => [] }));

function List() {
  const [view, setView] = useState(() => restoredView(null));
  const [callbacks] = useState({
    onNarrow: (change: object) => setView((now) => narrowed(now, change)),
    onClear: () => setView(cleared),
  });
  return <Filters query={view.query} {...callbacks} />;
}

it('narrows to what is overdue by keyboard, and shows it when it is cleared elsewhere', async () => {
  renderScreen(<List />);
  const overdue = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Overdue' });
  overdue.focus();
  await userEvent.keyboard(' ');
  expect(overdue.checked).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(overdue.checked).toBe(false);
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
});
