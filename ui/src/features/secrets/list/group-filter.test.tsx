import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { ListSecrets, ListState, SecretGroupView, SecretView } from '../../../ipc/bindings';
import { group, theDefault } from '../../../ipc/group-fixture';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { page, secret } from '../secret-fixture';
import { SecretsPage } from '../secrets-page';

let groups: SecretGroupView[];
let asked: ListSecrets[];
let kept: ListState | null;

function inGroup(name: string, id: string): SecretView {
  const made = secret(name);
  return { ...made, metadata: { ...made.metadata, secret_group_id: id } };
}

beforeEach(() => {
  groups = [theDefault(1), group('payments', { secrets_total: 1 })];
  asked = [];
  kept = null;
  answerCalls({
    list_groups: () => groups,
    list_labels: () => [],
    load_saved_filters: () => [],
    load_list_state: () => kept,
    save_list_state: ({ state }: { state: ListState }) => ((kept = state), null),
    list_secrets: ({ query }: { query: ListSecrets }) => {
      asked.push(query);
      const rows = [inGroup('api-token', 'default'), inGroup('db-password', 'id-payments')];
      const wanted = query.groups ?? [];
      return page(rows.filter(({ metadata }) => wanted.length === 0 || wanted.includes(metadata.secret_group_id)));
    },
  });
});

const show = () => renderScreen(<SecretsPage recoveryConfirmed onFinishRecovery={() => undefined} />);
const rowOf = async (name: string) => (await screen.findByRole('button', { name })).closest('tr');
const filter = () => screen.getByRole('combobox', { name: /^Secret group/ });

it('shows what the groups are called', async () => {
  show();
  await rowOf('db-password');
  expect(screen.getByRole('button', { name: 'Group' })).toBeTruthy();
  await waitFor(async () => expect((await rowOf('db-password'))?.textContent).toContain('payments'));
  expect((await rowOf('api-token'))?.textContent).toContain('default');
  expect(document.body.textContent).not.toContain('id-payments');
});

it('narrows the list to any of the chosen groups, and forgets that with the other filters', async () => {
  show();
  await rowOf('api-token');
  await userEvent.click(filter());
  await userEvent.click(await screen.findByRole('option', { name: /payments/ }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'api-token' })).toBeNull());
  expect(asked.at(-1)?.groups).toEqual(['id-payments']);
  await waitFor(() => expect(kept?.query.groups).toEqual(['id-payments']));
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await rowOf('api-token');
  expect(asked.at(-1)?.groups).toEqual([]);
});

it('begins with the group that it was left with, or led to', async () => {
  kept = { columns: [], query: { groups: ['id-payments'] } };
  show();
  await rowOf('db-password');
  expect(screen.queryByRole('button', { name: 'api-token' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Clear filters' })).toBeTruthy();
  await userEvent.click(filter());
  const chosen = (await screen.findAllByRole('option')).filter((option) => option.ariaSelected === 'true');
  expect(chosen.map(({ textContent }) => textContent)).toEqual(['payments']);
});

it('does not hide a filter whose group is gone', async () => {
  kept = { columns: [], query: { groups: ['id-gone'] } };
  show();
  await screen.findByText('No secret matches');
  await userEvent.click(filter());
  const option = await screen.findByRole('option', { name: 'Deleted group' });
  await act(() => userEvent.click(option));
  await rowOf('api-token');
  expect(within(filter()).queryByText('Deleted group')).toBeNull();
});
