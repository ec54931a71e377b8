import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { mockIPC } from '../../../ipc/testing';
import { LabelField } from './label-field';

beforeEach(() => mockIPC(() => ['prod', 'preview']));

function Labels() {
  const [labels, setLabels] = useState(['eu']);
  return <LabelField labels={labels} onChange={setLabels} />;
}

it('keeps the focus when a tag or a suggestion goes', async () => {
  renderScreen(<Labels />);
  const field = screen.getByLabelText('Labels');
  await userEvent.type(field, 'pro');
  const suggestion = await screen.findByRole('button', { name: 'Add label prod' });
  suggestion.focus();
  await userEvent.keyboard('{Enter}');
  expect(document.activeElement).toBe(field);
  const remove = screen.getByRole('button', { name: /Remove label prod/ });
  remove.focus();
  await userEvent.keyboard('{Enter}');
  expect(screen.queryByRole('button', { name: /Remove label prod/ })).toBeNull();
  expect(document.activeElement).toBe(field);
});
