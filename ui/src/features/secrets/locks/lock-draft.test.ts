import { beforeEach, describe, expect, it } from 'vitest';
import { answerCalls } from '../../../ipc/testing';
import { checkLock, emptyLocks, isFilled, lockForms, lockMode, withAnother, withoutLock } from './lock-draft';

const draft = emptyLocks('current');

beforeEach(() => {
  answerCalls({ check_fields: () => [], check_metadata: () => null });
});

describe('a draft of locks', () => {
  it('is not filled by adding an empty lock', () => {
    const two = withAnother(draft);
    expect(two.locks.map(({ key }) => key)).toEqual([1, 2]);
    expect(isFilled(two)).toBe(false);
    expect(withAnother(withoutLock(two, 1)).locks.map(({ key }) => key)).toEqual([2, 3]);
  });

  it('sends nothing that is for the page alone', () => {
    expect(lockForms(draft)).toEqual([{ name: '', description: '', attributes: '' }]);
  });

  it('has a mode for the current version alone, and deletes data only with the locks', () => {
    expect(lockMode(draft)).toBeNull();
    expect(lockMode({ ...draft, removePrevious: true })).toBe('remove_previous');
    expect(lockMode({ ...draft, removePrevious: true, deleteData: true })).toBe('remove_previous_and_delete');
    expect(lockMode({ ...draft, deleteData: true })).toBeNull();
    expect(lockMode({ ...draft, alias: 'previous', removePrevious: true, deleteData: true })).toBeNull();
  });

  it('has each name once', async () => {
    const [first] = draft.locks;
    if (!first) throw new Error('no lock');
    const two = { ...draft, locks: [{ ...first, name: 'app' }, { ...first, key: 2, name: 'app' }] };
    for (const lock of two.locks) expect((await checkLock(lock, two))?.message).toContain('twice');
    expect(await checkLock({ ...first, name: 'app' }, { ...draft, locks: [{ ...first, name: 'app' }] })).toBeNull();
  });
});
