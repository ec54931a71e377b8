import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CertificateComparison as Comparison } from '../../../../ipc/bindings';
import { compared, facts, hostile } from '../certificate-fixture';
import { CertificateComparison } from './certificate-comparison';

function show(over: Partial<Comparison> = {}) {
  render(<CertificateComparison compared={compared(over)} titles={{ older: 'Version 2', newer: 'Version 3' }} />);
}
const row = (property: string) =>
  [...(screen.getByText(property, { selector: 'td' }).closest('tr')?.cells ?? [])].map(({ textContent }) => textContent);
const names = (label: string) => screen.getByText(label, { selector: 'dt' }).nextElementSibling?.textContent;

describe('CertificateComparison', () => {
  it('stands the two side by side', () => {
    show({ same_key: false, names: { added: ['new.example'], removed: [], kept: ['www.example.com'], left_out: 2 } });
    const heads = within(screen.getByRole('table', { name: 'Differences' })).getAllByRole('columnheader');
    expect(heads.map(({ textContent }) => textContent)).toEqual(['Property', 'Version 2', 'Version 3', 'Change']);
    expect(row('Serial number')).toEqual(['Serial number', '38:eb:01', '38:eb:02', 'Changed']);
    expect(row('Key').at(-1)).toBe('New key');
    expect(row('Issuer').at(-1)).toBe('Same');
    expect(row('Valid until').at(-1)).toBe('Later');
    expect(names('Names added')).toBe('new.example');
    expect(names('Names removed')).toBe('None');
    expect(names('Names kept')).toBe('www.example.com2 more are not listed.');
    expect(screen.getByText('Nothing is worse than before.')).toBeTruthy();
  });

  it('says first what is worse, and marks it', () => {
    show({
      same_key: false,
      key_algorithm: { old: 'RSA4096', new: 'RSA2048', weaker: true },
      signing_algorithm: { old: 'SHA256-RSA', new: 'SHA1-RSA', weaker: true },
      private_key: 'now_missing',
      intermediate: 'now_missing',
      usages: { lost: ['TLS client'], gained: [] },
      new_ca: true,
      concerns: [{ code: 'weaker_key', message: 'The key is weaker.' }],
      validity: { ...compared().comparison.validity, ends_earlier: true },
    });
    expect(screen.getByRole('list', { name: 'Concerns' }).textContent).toBe('WarningThe key is weaker.');
    expect(row('Key')).toEqual(['Key', 'RSA4096', 'RSA2048', 'New key, weaker']);
    expect(row('Signature algorithm').at(-1)).toBe('Weaker');
    expect(row('Private key')).toEqual(['Private key', 'Kept in the vault', 'None', 'Missing now']);
    expect(row('Intermediates').at(-1)).toBe('Missing now');
    expect(row('Valid until').at(-1)).toBe('Earlier');
    expect(row('Authority')).toEqual(['Authority', 'No', 'Yes', 'Changed']);
    expect(names('Usages lost')).toBe('TLS client');
  });

  it('tells moments in the time of the person', () => {
    show({ concerns: [{ code: 'ends_earlier', message: 'It ends on 2026-02-03T04:05:06Z.' }] });
    expect(screen.getByRole('list', { name: 'Concerns' }).textContent).toMatch(/Feb \d, 2026/);
  });

  it('takes what strangers wrote for text', () => {
    const { comparison } = compared({ issuer: { old: hostile, new: hostile, same: true } });
    render(
      <CertificateComparison
        compared={{ old: facts(hostile), new: facts(hostile), comparison }}
        titles={{ older: 'Version 1', newer: 'Version 2' }}
      />,
    );
    expect(document.querySelector('img')).toBeNull();
    expect(row('Common name')[1]).toBe(hostile);
  });
});
