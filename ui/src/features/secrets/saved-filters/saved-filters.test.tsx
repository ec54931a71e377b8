import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ListSecrets, SavedFilter } from '../../../ipc/bindings';
import { refuse } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { box, showSecrets, type Vault } from '../secrets-page-fixture';

const keys: SavedFilter = {
  name: 'Keys of prod',
  query: { search: 'api', match_all_labels: ['prod'], sort: { key: 'created_at', descending: true }, offset: 50, limit: 200 },
};

let vault: Vault;

beforeEach(() => {
  vault = { rows: [secret('api'), secret('build')], filters: [keys] };
});

const trigger = () => screen.getByRole('button', { name: 'Saved filters' });
const search = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search secrets' });
const names = () => vault.filters.map(({ name }) => name);

async function choose(item: string) {
  trigger().focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.click(screen.getByRole('menuitem', { name: item }));
}

describe('saved filters', () => {
  it('applies search, filters and order, from the first page on, and leaves the page size', async () => {
    const { sent } = showSecrets(vault);
    await box('build');
    await choose('Keys of prod');
    await waitFor(() => expect(search().value).toBe('api'));
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'Select build' })).toBeNull());
    const { query } = sent('list_secrets').at(-1) as { query: ListSecrets };
    expect(query).toMatchObject({ ...keys.query, offset: 0, limit: 25 });
    expect(screen.getByRole('button', { name: 'Clear filters' })).toBeTruthy();
    expect(document.activeElement).toBe(trigger());
  });

  it('saves what the list shows, under a name', async () => {
    showSecrets(vault);
    await box('build');
    await userEvent.type(search(), 'bui');
    await choose('Save current filter…');
    await screen.findByRole('dialog', { name: 'Save current filter' });
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    await userEvent.keyboard(' Builds {Enter}');
    await screen.findByText('Saved filter “Builds”');
    expect(names()).toEqual(['Builds', 'Keys of prod']);
    expect(vault.filters[0]?.query).toMatchObject({ search: 'bui', offset: 0, sort: { key: 'name', descending: false } });
    await waitFor(() => expect(document.activeElement).toBe(trigger()));
  });

  it('says why there is nothing to save or to manage', async () => {
    vault.filters = [];
    showSecrets(vault);
    await box('build');
    await userEvent.click(trigger());
    for (const [item, reason] of [
      ['Save current filter…', 'Nothing is filtered. Search or filter the list first.'],
      ['Manage saved filters…', 'No filter is saved yet.'],
    ] as const) {
      const entry = screen.getByRole('menuitem', { name: item });
      expect(entry.getAttribute('aria-disabled')).toBe('true');
      expect(document.getElementById(entry.getAttribute('aria-describedby') ?? '')?.textContent).toBe(reason);
      await userEvent.click(entry);
    }
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('replaces a filter of the same name only when it is told to', async () => {
    showSecrets(vault);
    await box('build');
    await userEvent.type(search(), 'bui');
    await choose('Save current filter…');
    const field = await screen.findByLabelText('Name');
    await userEvent.type(field, 'Keys of prod{Enter}');
    await screen.findByText(/A filter “Keys of prod” is saved already/);
    await waitFor(() => expect(document.activeElement).toBe(field));
    await userEvent.keyboard('{Enter}');
    expect(vault.filters).toEqual([keys]);
    await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(names()).toEqual(['Keys of prod']);
    expect(vault.filters[0]?.query.search).toBe('bui');
  });

  it('shows a refusal at the name, and asks before a name is dropped', async () => {
    showSecrets(vault, {
      save_saved_filters: () =>
        refuse({
          code: 'bad_request',
          message: 'At most 50 filters can be saved.',
          target: { type: 'field', name: 'name' },
        }),
    });
    await box('build');
    await userEvent.type(search(), 'bui');
    await choose('Save current filter…');
    await userEvent.type(await screen.findByLabelText('Name'), 'One more{Enter}');
    await screen.findByText('At most 50 filters can be saved.');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('deletes, and brings back what was deleted, by keyboard', async () => {
    vault.filters = [keys, { name: 'Other', query: {} }];
    showSecrets(vault);
    await box('build');
    await choose('Manage saved filters…');
    const dialog = await screen.findByRole('dialog', { name: 'Saved filters' });
    within(dialog).getByRole('button', { name: 'Delete filter “Keys of prod”' }).focus();
    await userEvent.keyboard('{Enter}');
    await within(dialog).findByText('Filter “Keys of prod” deleted.');
    expect(names()).toEqual(['Other']);
    const undo = within(dialog).getByRole('button', { name: 'Undo: bring back filter “Keys of prod”' });
    expect(document.activeElement).toBe(undo);
    await userEvent.keyboard('{Enter}');
    const again = await within(dialog).findByRole('button', { name: 'Delete filter “Keys of prod”' });
    expect(document.activeElement).toBe(again);
    expect(vault.filters).toEqual([keys, { name: 'Other', query: {} }]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(trigger()));
  });

  it('keeps a filter that could not be deleted', async () => {
    showSecrets(vault, { save_saved_filters: () => refuse({ code: 'disk_full', message: 'No space is left.' }) });
    await box('build');
    await choose('Manage saved filters…');
    const remove = await screen.findByRole('button', { name: 'Delete filter “Keys of prod”' });
    await userEvent.click(remove);
    expect((await screen.findByRole('alert')).textContent).toContain('No space is left.');
    expect(remove.isConnected).toBe(true);
  });

  it('never overwrites filters it could not read', async () => {
    showSecrets(vault, { load_saved_filters: () => refuse({ code: 'io', message: 'Not readable.' }) });
    await box('build');
    await userEvent.type(search(), 'bui');
    await userEvent.click(trigger());
    const save = screen.getByRole('menuitem', { name: 'Save current filter…' });
    expect(save.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getAllByText('The saved filters cannot be read.')).toHaveLength(2);
  });
});
