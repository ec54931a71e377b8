import { describe, expect, it } from 'vitest';
import type { ListState } from './bindings';
import { loadListState, narrowListToGroup, saveListState } from './list-state';
import { answerCalls, refuse } from './testing';

function keep(first: ListState | null) {
  const state = { kept: first, before: Promise.resolve() };
  answerCalls({
    load_list_state: () => state.kept,
    save_list_state: async ({ state: next }: { state: ListState }) => {
      await state.before;
      state.kept = next;
      return null;
    },
  });
  return state;
}

describe('the state of the list', () => {
  it('shows one group, all of it, in the order and size it had', async () => {
    const state = keep({
      columns: ['name', 'labels'],
      query: {
        offset: 50,
        limit: 50,
        sort: { key: 'rotated_at', descending: true },
        search: 'db',
        states: [5],
        groups: ['g1'],
      },
    });
    await narrowListToGroup('g2');
    expect(state.kept).toEqual({
      columns: ['name', 'labels'],
      query: { limit: 50, sort: { key: 'rotated_at', descending: true }, groups: ['g2'] },
    });
  });

  it('does so too where nothing was kept before', async () => {
    const state = keep(null);
    await narrowListToGroup('g2');
    expect(state.kept?.query.groups).toEqual(['g2']);
  });

  it('is not read before it is saved', async () => {
    const state = keep(null);
    let end: () => void = () => undefined;
    state.before = new Promise((resolve) => (end = resolve));
    void saveListState({ columns: ['name'], query: { search: 'last word' } });
    const loading = loadListState();
    end();
    expect((await loading)?.query.search).toBe('last word');
  });

  it('says when it cannot be saved', async () => {
    const full = { code: 'disk_full', message: 'No space is left on the disk.' } as const;
    answerCalls({ load_list_state: () => null, save_list_state: () => refuse(full) });
    await expect(narrowListToGroup('g2')).rejects.toEqual(full);
    // and is read all the same
    expect(await loadListState()).toBeNull();
  });
});
