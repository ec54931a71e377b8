import { describe, expect, it } from 'vitest';
import { secret, version } from '../secret-fixture';
import { lock, lockedVersions } from './lock-fixture';
import { countLocks, deletionEffect, lockEffect, lockHindrance } from './lock-facts';

describe('locks of a secret', () => {
  const versions = lockedVersions([lock('app-1'), lock('app-2'), lock('app-1', 'previous')]);

  it('are counted by version', () => {
    expect(countLocks(versions)).toEqual({ current: 2, previous: 1 });
    expect(countLocks([])).toEqual({ current: 0, previous: 0 });
  });

  it('say whether the secret can be rotated', () => {
    expect(lockEffect(secret(), { current: 2, previous: 1 })).toContain('keeps the secret from being rotated');
    expect(lockEffect(secret(), { current: 0, previous: 2 })).toContain('The 2 locks on the previous version keep');
    expect(lockEffect(secret(), { current: 1, previous: 0 })).toContain('The secret can be rotated.');
    expect(lockEffect(secret(), { current: 1, previous: 0 })).toContain('cannot be deleted');
  });

  it('say when they are all that keeps the secret', () => {
    const held = secret('old', { held_by_locks: true });
    expect(lockEffect(held, { current: 1, previous: 0 })).toContain('the secret is destroyed');
  });

  it('can be put on a version that is there and takes them', () => {
    expect(lockHindrance(versions, 'current')).toBeNull();
    expect(lockHindrance(versions, 'previous')).toBeNull();
    const only = version(1);
    only.metadata.alias = 'current';
    only.lock_hindrance = 'The value of this version is no longer kept.';
    expect(lockHindrance([only], 'current')).toBe('The value of this version is no longer kept.');
    expect(lockHindrance([only], 'previous')).toBe('There is no previous version.');
  });
});

describe('deletionEffect', () => {
  it('lets a rotation pass only when the previous version has none left', () => {
    const before = { current: 1, previous: 2 };
    expect(deletionEffect(before, { current: 0, previous: 2 })).toContain('the next rotation can pass');
    expect(deletionEffect(before, { current: 0, previous: 1 })).toBe(
      '1 lock stays on the previous version and keeps the secret from being rotated.',
    );
    expect(deletionEffect(before, { current: 1, previous: 0 })).toContain('2 locks stay on the previous version');
  });

  it('promises nothing about rotation where no lock was in its way', () => {
    expect(deletionEffect({ current: 2, previous: 0 }, { current: 1, previous: 0 })).toBe('');
    expect(deletionEffect({ current: 1, previous: 0 }, { current: 1, previous: 0 })).toBe(
      'No lock is left at all, so that the secret can be deleted.',
    );
  });
});
