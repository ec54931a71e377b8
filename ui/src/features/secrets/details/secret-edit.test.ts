import { describe, expect, it } from 'vitest';
import { noAutoRotation } from '../fields/auto-rotation';
import { expirationAt } from '../../../components/expiration';
import { secret } from '../secret-fixture';
import { editable, isEmpty, secretEdit } from './secret-edit';

describe('secretEdit', () => {
  const before = secret();

  it('sends nothing when everything reads as before', () => {
    expect(isEmpty(secretEdit(before, {}))).toBe(true);
    expect(isEmpty(secretEdit(before, editable(before)))).toBe(true);
    expect(isEmpty(secretEdit(before, { metadata: `${editable(before).metadata}\n` }))).toBe(true);
  });

  it('sends only what changed', () => {
    expect(secretEdit(before, { ...editable(before), name: 'db-token' })).toEqual({ name: 'db-token' });
    expect(secretEdit(before, { labels: ['prod', 'eu'] })).toEqual({ labels: ['prod', 'eu'] });
    expect(secretEdit(before, { description: 'x' })).toEqual({ description: 'x' });
  });

  it('removes what was emptied', () => {
    expect(secretEdit(before, { metadata: ' ' })).toEqual({ custom_metadata: '{}' });
    expect(secretEdit(before, { labels: [] })).toEqual({ labels: [] });
  });

  it('sets, moves and removes the expiration', () => {
    const expiration = { on: true, day: '2099-03-31' };
    const date = expirationAt(expiration);
    expect(secretEdit(before, { expiration })).toEqual({ expiration_date: { kind: 'at', date } });
    const expiring = secret('a', {
      metadata: { ...before.metadata, secret_type: 'arbitrary', expiration_date: date },
    });
    expect(isEmpty(secretEdit(expiring, { expiration }))).toBe(true);
    expect(secretEdit(expiring, { expiration: { on: false, day: '2099-03-31' } })).toEqual({
      expiration_date: { kind: 'never' },
    });
  });

  it('sends a policy or a reminder only when it changed', () => {
    const rotation = { auto_rotate: true, interval: 60, unit: 'day' } as const;
    const automatic = secret('a', {
      metadata: { ...before.metadata, secret_type: 'username_password', password_generation_policy: {}, rotation },
      rotates_alone: true,
    });
    expect(isEmpty(secretEdit(automatic, editable(automatic)))).toBe(true);
    expect(secretEdit(automatic, { rotation: noAutoRotation })).toEqual({ rotation: { auto_rotate: false } });
    const own = { on: true, interval: { own: true, count: 60, unit: 'day' } } as const;
    expect(isEmpty(secretEdit(automatic, { rotation: own }))).toBe(true);

    const reminded = secret('b', { reminder: { every_days: 30, snoozed_until: '2099-01-01T00:00:00Z' } });
    expect(isEmpty(secretEdit(reminded, editable(reminded)))).toBe(true);
    expect(secretEdit(reminded, { reminder: null })).toEqual({ reminder: { kind: 'never' } });
    expect(secretEdit(reminded, { reminder: { own: false, count: 90, unit: 'day' } })).toEqual({
      reminder: { kind: 'set', reminder: { every_days: 90, snoozed_until: '2099-01-01T00:00:00Z' } },
    });
  });

  it('says nothing of a reminder that automatic rotation ends', () => {
    const reminded = secret('b', { reminder: { every_days: 30 }, rotates_alone: true });
    const rotation = { on: true, interval: { own: false, count: 30, unit: 'day' } } as const;
    expect(secretEdit(reminded, { rotation, reminder: { own: false, count: 90, unit: 'day' } })).toEqual({
      rotation: { auto_rotate: true, interval: 30, unit: 'day' },
    });
  });

  it('follows the secret where nothing was changed, when it is read again', () => {
    const renamed = secret('db-renamed');
    expect(secretEdit(renamed, { description: 'x' })).toEqual({ description: 'x' });
  });
});
