import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { fieldProblem } from '../../../../../ipc/problem';
import { AddStep } from '../add-step';
import { importedCert } from '../imported-cert';
import { emptyCertificate, type NewCertificate } from '../new-certificate';
import { emptyRequest, requestMissing } from './request';

let draft: NewCertificate;

function Step({ error = null }: { error?: unknown }) {
  const [entered, setEntered] = useState(emptyCertificate);
  useEffect(() => {
    draft = entered;
  });
  return <AddStep draft={entered} onChange={setEntered} error={error} />;
}

describe('a certificate signing request', () => {
  it('is sent as entered, with the defaults of the API for the rest', async () => {
    render(<Step />);
    await userEvent.click(screen.getByRole('radio', { name: 'Create a Certificate Signing Request (CSR)' }));
    expect(screen.getByText('The secret starts as Pre-activation.')).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: 'Common name' }), 'shop.example ');
    await userEvent.type(screen.getByRole('textbox', { name: /^Alternative names/ }), 'a.example, b.example');
    await userEvent.type(screen.getByRole('textbox', { name: /^Organization \(/ }), 'Example, Inc.{Enter}Sales');
    await userEvent.type(screen.getByRole('textbox', { name: /^Country/ }), 'DE');
    expect(screen.getByRole('option', { name: 'RSA 8192' })).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Key algorithm' }), 'Ed25519');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Client' }));
    expect(importedCert.add.missing(draft)).toBeNull();
    expect(importedCert.add.form(draft)).toEqual({
      secret_type: 'imported_cert',
      kind: 'managed',
      request: {
        common_name: 'shop.example',
        alt_names: 'a.example, b.example',
        ip_sans: null,
        uri_sans: null,
        other_sans: null,
        user_ids: null,
        organization: ['Example, Inc.', 'Sales'],
        ou: [],
        country: ['DE'],
        province: [],
        locality: [],
        street_address: [],
        postal_code: [],
        key_usage: 'DigitalSignature,KeyAgreement,KeyEncipherment',
        ext_key_usage: null,
        ext_key_usage_oids: null,
        policy_identifiers: null,
        server_flag: true,
        client_flag: false,
        code_signing_flag: false,
        email_protection_flag: false,
        require_cn: true,
        exclude_cn_from_sans: false,
        key_type: 'ed25519',
        key_bits: null,
        rotate_keys: false,
      },
    });
    const rows = importedCert.add.review(draft);
    expect(rows.find(({ label }) => label === 'Key algorithm')?.value).toBe('Ed25519');
  });

  it('needs a common name, or another one where that is not required', () => {
    const { texts, flags } = emptyRequest;
    expect(requestMissing(emptyRequest)?.message).toBe('Enter a common name.');
    const free = { ...emptyRequest, flags: { ...flags, require_cn: false } };
    expect(requestMissing(free)?.field).toBe('common_name');
    expect(requestMissing({ ...free, texts: { ...texts, ip_sans: '10.0.0.1' } })).toBeNull();
  });

  it('opens the folded fields for a fault in them', async () => {
    const { rerender } = render(<Step />);
    await userEvent.click(screen.getByRole('radio', { name: 'Create a Certificate Signing Request (CSR)' }));
    const section = screen.getByRole('button', { name: 'Further fields' });
    expect(section.getAttribute('aria-expanded')).toBe('false');
    rerender(<Step error={fieldProblem('policy_identifiers', 'Entry 1 is no object identifier.')} />);
    expect(section.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('Entry 1 is no object identifier.')).toBeTruthy();
  });
});
