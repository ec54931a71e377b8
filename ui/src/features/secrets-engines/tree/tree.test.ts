import { describe, expect, it } from 'vitest';
import type { ConfigurationView } from '../../../ipc/bindings';
import { certificateTemplate, intermediateAuthority, rootAuthority } from '../../../ipc/configuration-fixture';
import { rowsOf, treeOf } from './tree';

const outline = (views: readonly ConfigurationView[], folded: string[] = []) =>
  rowsOf(treeOf(views), new Set(folded)).map(
    ({ depth, view }) => `${'  '.repeat(depth)}${view.configuration.name}`,
  );

describe('the tree of authorities', () => {
  it('has intermediates below their issuer, and templates below their authority', () => {
    const views = [
      certificateTemplate('web', 'issuing'),
      rootAuthority('root-b'),
      intermediateAuthority('issuing', 'middle'),
      certificateTemplate('direct', 'root-b'),
      intermediateAuthority('middle', 'root-b'),
      rootAuthority('Root-a'),
    ];
    expect(outline(views)).toEqual(['Root-a', 'root-b', '  middle', '    issuing', '      web', '  direct']);
    expect(outline(views, ['private_cert_configuration_intermediate_ca/middle'])).toEqual([
      'Root-a',
      'root-b',
      '  middle',
      '  direct',
    ]);
  });

  it('has at the top what was signed elsewhere, or whose authority is gone', () => {
    const views = [
      certificateTemplate('lost', 'gone'),
      intermediateAuthority('left', 'gone'),
      intermediateAuthority('elsewhere', null),
      certificateTemplate('web', 'elsewhere'),
      rootAuthority('root'),
    ];
    expect(outline(views)).toEqual(['root', 'elsewhere', '  web', 'left', 'lost']);
  });

  it('finds the issuer of a request that an authority of this instance signed', () => {
    const signed = { certificate: 'own', issuing_ca: 'root pem', ca_chain: ['root pem'], expiration: 1 };
    const views = [
      intermediateAuthority('external', null, { data: signed }),
      rootAuthority('root', { data: { certificate: 'root pem', ca_chain: [], expiration: 1 } }),
    ];
    expect(outline(views)).toEqual(['root', '  external']);
  });

  it('finds among authorities of one name the one that signed, else the intermediate', () => {
    const twin = (certificate: string) => ({ data: { certificate, ca_chain: [], expiration: 1 } });
    const signed = { certificate: 'own', issuing_ca: 'root pem', ca_chain: ['root pem'], expiration: 1 };
    const views = [
      rootAuthority('twin', twin('root pem')),
      intermediateAuthority('twin', null, twin('intermediate pem')),
      intermediateAuthority('low', 'twin', { data: signed }),
      intermediateAuthority('waits', 'twin', { data: { csr: 'CSR' } }),
    ];
    expect(outline(views)).toEqual(['twin', '  low', 'twin', '  waits']);
  });

  it('shows authorities that name each other', () => {
    const views = [intermediateAuthority('one', 'two'), intermediateAuthority('two', 'one')];
    expect(outline(views)).toEqual(['one', '  two']);
  });
});
