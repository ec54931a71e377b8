import { describe, expect, it } from 'vitest';
import { expirationAt } from '../fields/expiration';
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

  it('follows the secret where nothing was changed, when it is read again', () => {
    const renamed = secret('db-renamed');
    expect(secretEdit(renamed, { description: 'x' })).toEqual({ description: 'x' });
  });
});
