import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CertificateDetails, Finding, SecretView } from '../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { CertificateTab } from './certificate-tab';
import { certificateDetails, certificateSecret, facts, hostile } from './certificate-fixture';

let answer: () => CertificateDetails;
let calls: Call[];

beforeEach(() => {
  answer = () => certificateDetails();
  calls = answerCalls({ get_certificate: () => answer() });
});

async function open(details: CertificateDetails, secret: SecretView = certificateSecret()) {
  answer = () => details;
  renderScreen(<CertificateTab secret={secret} />);
  return screen.findByRole('button', { name: /^Certificate: / });
}
const factOf = (label: string) => screen.getByText(label, { selector: 'dt' }).nextElementSibling?.textContent;
const finding = (severity: Finding['severity'], message: string): Finding => ({
  part: 'certificate',
  severity,
  code: 'expired',
  message,
  remedy: severity === 'note' ? null : 'Do something.',
});

describe('CertificateTab', () => {
  it('shows what the current certificate says', async () => {
    await open(certificateDetails());
    expect(calls).toEqual([{ command: 'get_certificate', args: { id: 'id-www', version: 'current' } }]);
    expect(factOf('Common name')).toBe('www.example.com');
    expect(factOf('Issuer')).toBe('CN=Example CA');
    expect(factOf('Valid')).toMatch(/^Valid.*2026.*2099/);
    expect(screen.getByText('38:eb:01')).toBeTruthy();
    expect(factOf('Authority')).toBe('No, it issues no certificates');
    expect(screen.getByText('Its private key is kept in the vault.')).toBeTruthy();
    expect(screen.getByText('There are no intermediate certificates.')).toBeTruthy();
    for (const name of ['serial number', 'SHA-256 fingerprint', 'SHA-1 fingerprint']) {
      expect(screen.getByRole('button', { name: `Copy ${name}` })).toBeTruthy();
    }
  });

  it('says that it was revoked, whatever its dates say', async () => {
    await open(certificateDetails({ revoked_at: '2026-02-03T04:05:06Z' }));
    expect(factOf('Valid')).toMatch(/^Revoked.*Feb 3, 2026.*2099/);
    expect(factOf('Valid')).not.toContain('Valid');
  });

  it('opens each certificate of the chain and its extensions', async () => {
    const ca = facts('Example CA', { ca: true, path_length: 0 });
    await open(certificateDetails({ intermediates: [ca], private_key_included: false }));
    expect(screen.getByText('Its private key is not in the vault.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Intermediate 1: Example CA' }));
    expect(screen.getByText('Yes, with at most 0 authorities below it')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy serial number of intermediate 1' })).toBeTruthy();
    expect(screen.queryByText('2.5.29.15')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Extensions (1)' }));
    expect(screen.getByText('2.5.29.15')).toBeTruthy();
    expect(screen.getByText('Critical')).toBeTruthy();
  });

  it('shows the first 20 names, then all that are listed', async () => {
    const alt_names = Array.from({ length: 25 }, (_, place) => ({ kind: 'dns', value: `n${place}.example` }) as const);
    await open(certificateDetails({ certificate: facts('a', { alt_names, alt_names_left_out: 3 }) }));
    const list = screen.getByRole('list', { name: 'Alternative names' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(20);
    expect(screen.getByText('3 more are not listed.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 25: Alternative names' }));
    expect(within(list).getAllByRole('listitem')).toHaveLength(25);
  });

  it('lists what is wrong, the worst first, with a word', async () => {
    await open(
      certificateDetails({
        findings: [finding('note', 'It is odd.'), finding('refused', 'It has expired.'), finding('warning', 'It is weak.')],
      }),
    );
    const items = within(screen.getByRole('list', { name: 'Findings' })).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'FaultIt has expired. Do something.',
      'WarningIt is weak. Do something.',
      'NoteIt is odd.',
    ]);
  });

  it('takes what strangers wrote for text', async () => {
    const certificate = facts(hostile, {
      issuer: { text: hostile, parts: [], common_name: hostile },
      crl_urls: ['javascript:alert(1)'],
      extensions: [{ name: hostile, oid: '1.2.3', critical: false, value: hostile, note: hostile }],
    });
    await open(certificateDetails({ certificate, intermediates: [facts(hostile)] }));
    await userEvent.click(screen.getByRole('button', { name: 'Extensions (1)' }));
    expect(document.querySelector('img, a')).toBeNull();
    expect(factOf('Common name')).toBe(hostile);
    expect(screen.getByText('javascript:alert(1)')).toBeTruthy();
  });

  it('says that a request waits, and asks for no certificate', () => {
    renderScreen(<CertificateTab secret={certificateSecret({ fields: false })} />);
    expect(screen.getByText('There is no certificate yet: the request waits to be signed.')).toBeTruthy();
    expect(calls).toEqual([]);
  });

  it('tells why it cannot be read, and tries again', async () => {
    answer = () => refuse({ code: 'wrong_state', message: 'The secret has expired.' });
    renderScreen(<CertificateTab secret={certificateSecret()} />);
    expect((await screen.findByRole('alert')).textContent).toContain('The secret has expired.');
    answer = () => certificateDetails();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(screen.getByRole('button', { name: 'Certificate: www.example.com' })).toBeTruthy();
  });
});
