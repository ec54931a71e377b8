import { describe, expect, it } from 'vitest';
import {
  applied,
  cleared,
  countFilters,
  isNarrowed,
  keptState,
  lastPage,
  narrowed,
  pageOf,
  paged,
  restoredView,
  searched,
  searchFault,
  sortedBy,
} from './list-state';

const first = restoredView(null);

describe('list state', () => {
  it('comes back after a restart as it was left', () => {
    const left = paged(narrowed(searched(sortedBy(first, 'rotated_at'), 'stripe'), { states: [5] }), 3, 50);
    expect(restoredView(keptState(left))).toEqual(left);
  });

  it('survives a state that another version saved', () => {
    const view = restoredView({ query: { limit: 7, sort: null, groups: ['gone'] }, columns: [] });
    expect(view.query.limit).toBe(25);
    expect(view.query.sort).toEqual({ key: 'name', descending: false });
    expect(view.query.groups).toEqual(['gone']);
    expect(view.query.states).toEqual([]);
    expect(view.columns).toContain('name');
  });

  it('searches from two characters on, and never for half a character', () => {
    expect(searched(first, 'a').query.search).toBeNull();
    expect(searchFault('a')).toContain('2 characters');
    expect(searched(first, ' ab ').query.search).toBe('ab');
    expect(searchFault('🙂')).toContain('2 characters');
    expect(searched(first, 'x'.repeat(129)).query.search).toBeNull();
    expect(searched(first, 'ab\ud800').query.search).toBeNull();
    expect(searchFault('')).toBeNull();
  });

  it('goes to the first page when something else is looked for', () => {
    const third = paged(first, 3, 25);
    expect(pageOf(third.query)).toBe(3);
    expect(searched(third, 'db').query.offset).toBe(0);
    expect(narrowed(third, { states: [1] }).query.offset).toBe(0);
    expect(sortedBy(third, 'state').query.offset).toBe(0);
    // a letter that changes nothing that is searched for leaves the page alone
    expect(searched(third, 'd').query.offset).toBe(50);
  });

  it('turns the order around on the second click', () => {
    const once = sortedBy(first, 'expiration_date');
    expect(once.query.sort).toEqual({ key: 'expiration_date', descending: false });
    expect(sortedBy(once, 'expiration_date').query.sort?.descending).toBe(true);
    expect(sortedBy(sortedBy(once, 'expiration_date'), 'expiration_date').query.sort?.descending).toBe(false);
  });

  it('clears what narrows, and keeps order, columns and page size', () => {
    const narrow = narrowed(searched(paged(sortedBy(first, 'state'), 1, 100), 'db'), {
      groups: ['g1', 'g2'],
      match_all_labels: ['prod'],
      expires_within_days: 30,
    });
    expect(countFilters(narrow.query)).toBe(3);
    expect(isNarrowed(narrow)).toBe(true);
    const all = cleared(narrow);
    expect(isNarrowed(all)).toBe(false);
    expect(all.searchText).toBe('');
    expect(all.query.groups).toEqual([]);
    expect(all.query.sort?.key).toBe('state');
    expect(all.query.limit).toBe(100);
  });

  it('counts what is overdue as a filter, and takes it away with the others', () => {
    const overdue = narrowed(first, { overdue: true });
    expect(countFilters(overdue.query)).toBe(1);
    expect(isNarrowed(overdue)).toBe(true);
    expect(cleared(overdue).query.overdue).toBe(false);
    expect(restoredView(keptState(overdue)).query.overdue).toBe(true);
  });

  it('applies a saved filter as a whole, from the first page on', () => {
    const before = narrowed(paged(searched(first, 'db'), 3, 100), { states: [1] });
    const after = applied({ ...before, columns: ['name'] }, { search: 'api', groups: ['g1'], offset: 50, limit: 25 });
    expect(after.searchText).toBe('api');
    expect(after.query).toMatchObject({ search: 'api', groups: ['g1'], states: [], offset: 0, limit: 100 });
    expect(after.columns).toEqual(['name']);
    expect(applied(before, { states: [5] }).searchText).toBe('');
  });

  it('falls back to the last page there is', () => {
    expect(lastPage(paged(first, 9, 25), 51).query.offset).toBe(50);
    expect(lastPage(paged(first, 9, 25), 0).query.offset).toBe(0);
  });
});
