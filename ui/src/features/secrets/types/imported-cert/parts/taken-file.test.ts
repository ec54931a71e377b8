import { describe, expect, it } from 'vitest';
import { authority, facts, wholeFile } from '../certificate-fixture';
import { noPart, type PartDraft, type PartName } from './part';
import { noParts, partNames, type Parts } from './parts';
import { intermediatesIn, sharedFiles, withFound } from './taken-file';

const file = { token: 't1', name: 'server.p12', found: wholeFile };
const typed: PartDraft = { ...noPart, source: 'text', text: 'CERT' };

/** Parts where the file was just picked for one of them. */
function pickedFor(name: PartName, others: Partial<Parts> = {}): Parts {
  return { ...noParts, ...others, [name]: { ...noPart, file: { ...file, found: null } } };
}

function filled(parts: Parts): PartName[] {
  return partNames.filter((name) => parts[name].file === file);
}

describe('a file for one part', () => {
  it('fills the others, whichever it was picked for', () => {
    for (const name of partNames) expect(filled(withFound(pickedFor(name), name, file, partNames))).toEqual(partNames);
  });

  it('leaves what is given, and is no chain to a certificate from elsewhere', () => {
    const parts = withFound(pickedFor('private_key', { certificate: typed }), 'private_key', file, partNames);
    expect(filled(parts)).toEqual(['private_key']);
    expect(parts.certificate).toBe(typed);
  });

  it('fills no part that nobody brings', () => {
    const parts = withFound(pickedFor('certificate'), 'certificate', file, ['certificate', 'intermediate']);
    expect(filled(parts)).toEqual(['certificate', 'intermediate']);
  });

  it('is nothing any more once another was picked', () => {
    const parts = pickedFor('certificate');
    expect(withFound(parts, 'certificate', { ...file, token: 't2' }, partNames)).toBe(parts);
  });

  it('with a chain of authorities is no certificate to import', () => {
    const chain = { ...file, found: { certificate: authority, intermediates: [facts('Root', { ca: true })], private_key: null } };
    const parts = withFound(pickedFor('intermediate'), 'intermediate', chain, partNames);
    expect(parts.certificate).toBe(noPart);
    expect(intermediatesIn(chain, parts)).toHaveLength(2);
    expect(sharedFiles(parts, partNames)).toEqual([]);
  });
});
