import { describe, expect, it } from 'vitest';
import { certificateVersion } from './certificate-fixture';
import { keyChange } from './key-history';

describe('keyChange', () => {
  it('tells the same key from a new one', () => {
    const first = certificateVersion(1, { id: 'aaaa' });
    expect(keyChange(certificateVersion(2, { id: 'aaaa' }), first)).toBe('Same key as version 1');
    expect(keyChange(certificateVersion(2, { id: 'bbbb' }), first)).toBe('New key');
  });

  it('says nothing of the first version', () => {
    expect(keyChange(certificateVersion(1), undefined)).toBeNull();
  });
});
