import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { CurrentCertificate, Inspection, Problem, SecretMetadata } from '../../../../../ipc/bindings';
import { answerCalls, type Call } from '../../../../../ipc/testing';
import { renderScreen } from '../../../../../components/render-screen';
import { secret } from '../../../secret-fixture';
import { authority, comparison, facts, inspection, managedMetadata, wholeFile } from '../certificate-fixture';
import { importedCert } from '../imported-cert';
import { RotateBody } from './rotate-body';
import { emptyRotation, followed, type Rotation } from './rotation';

const { rotation } = importedCert;
let draft: Rotation;

function Body({ metadata = secret('shop').metadata }: { metadata?: SecretMetadata }) {
  const [entered, setEntered] = useState(emptyRotation);
  // as the dialog does, anew each time
  const shown = followed(entered, metadata);
  useEffect(() => {
    draft = shown;
  });
  return <RotateBody secretId="id-shop" draft={shown} onChange={setEntered} error={null} />;
}

type Asked = { input: { certificate: unknown; private_key: { kind: string } | null } };

function answer(found: (asked: Asked) => Inspection, file = { ...wholeFile, private_key: null as string | null }): Call[] {
  return answerCalls({
    pick_file: () => ({ token: 't1', name: 'new.pem', size: 900, binary: false, text: null }),
    read_certificate_file: () => file,
    inspect_certificate: found,
    download_csr: () => ({ name: 'shop.csr', size: 900 }),
    discard_file: () => null,
  });
}

const pick = () => userEvent.click(screen.getByRole('button', { name: 'Select a file or drop it here: certificate' }));
const unasked: Problem = {
  code: 'bad_request',
  message: 'This certificate was not signed for the current request.',
  target: { type: 'field', name: 'certificate' },
};
const withKey: CurrentCertificate = { certificate: facts(), intermediates: [], private_key_included: true };

describe('the rotation of an imported certificate', () => {
  it('shows the current version at once, and the new one beside it by meaning', async () => {
    const added = 'new<b>.example';
    answer(({ input }) =>
      inspection({
        current: withKey,
        ...(input.certificate === null
          ? {}
          : {
              certificate: facts(added, { key_algorithm: 'RSA1024' }),
              comparison: comparison({
                names: { kept: ['shop.example'], added: [added], removed: ['old.example'], left_out: 0 },
                same_key: false,
                old_private_key_fits: false,
                key_algorithm: { old: 'RSA2048', new: 'RSA1024', weaker: true },
                concerns: [
                  { code: 'name_gone', message: 'No longer valid for: old.example.' },
                  { code: 'private_key_missing', message: 'The private key is missing.' },
                ],
              }),
            }),
      }),
    );
    renderScreen(<Body />);
    const table = await screen.findByRole('table', { name: 'Current version and new version' });
    const row = (name: string) => within(table).getByRole('rowheader', { name }).closest('tr')?.textContent;
    expect(row('Key')).toContain('Nothing yet');
    await pick();
    expect(await within(table).findByText('weaker')).toBeTruthy();
    expect(row('Names')).toMatch(/old\.example removed.*new<b>\.example added/);
    expect(row('Key')).toMatch(/RSA1024 new key weaker/);
    expect(row('Private key')).toBe('Private keyIncludedNone');
    expect(screen.getByText('No longer valid for: old.example.')).toBeTruthy();
    // told once, where it can be mended
    expect(screen.queryByText('The private key is missing.')).toBeNull();
    expect(screen.getByText('The current version has a private key, this one has none.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use the current private key' })).toBeNull();
    expect(rotation.missing(draft)).toBeNull();
  });

  it('offers the current private key where it fits, sends it as such, and goes without it when asked to', async () => {
    const calls = answer(() =>
      inspection({ current: withKey, certificate: facts(), comparison: comparison(), carry_private_key: true }),
    );
    renderScreen(<Body />);
    await pick();
    const use = await screen.findByRole('button', { name: 'Use the current private key' });
    expect(screen.getByText('Without it the new version has no private key.')).toBeTruthy();
    await userEvent.click(use);
    expect(screen.getByText('Private key of the current version')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use the current private key' })).toBeNull();
    expect(rotation.form(draft)).toEqual({
      secret_type: 'imported_cert',
      parts: {
        certificate: { kind: 'file', token: 't1' },
        intermediate: { kind: 'file', token: 't1' },
        private_key: { kind: 'current' },
        password: null,
      },
    });
    await expect.poll(() => calls.at(-1)?.args).toMatchObject({ id: 'id-shop', input: { private_key: { kind: 'current' } } });
    await userEvent.click(screen.getByRole('button', { name: 'Remove private key' }));
    expect(rotation.form(draft)).toMatchObject({ parts: { private_key: null } });
    expect(screen.getByRole('button', { name: 'Use the current private key' })).toBeTruthy();
  });

  it('offers the current intermediate certificate likewise', async () => {
    answer(
      () =>
        inspection({
          current: { ...withKey, intermediates: [authority], private_key_included: false },
          certificate: facts(),
          comparison: comparison(),
          carry_intermediate: true,
        }),
      { certificate: facts(), intermediates: [], private_key: null },
    );
    renderScreen(<Body />);
    await pick();
    await userEvent.click(await screen.findByRole('button', { name: 'Use the current intermediate certificate' }));
    expect(rotation.form(draft)).toMatchObject({ parts: { intermediate: { kind: 'current' }, private_key: null } });
    expect(screen.getByText('Intermediate certificate of the current version')).toBeTruthy();
  });

  it('warns of a current intermediate certificate that does not fit, once', async () => {
    answer(
      () =>
        inspection({
          current: { ...withKey, intermediates: [authority], private_key_included: false },
          certificate: facts(),
          comparison: comparison({
            intermediate: 'now_missing',
            concerns: [{ code: 'intermediate_missing', message: 'The intermediate is missing.' }],
          }),
        }),
      { certificate: facts(), intermediates: [], private_key: null },
    );
    renderScreen(<Body />);
    await pick();
    expect(await screen.findByText('The current version has an intermediate certificate, this one has none.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use the current intermediate certificate' })).toBeNull();
    expect(screen.queryByText('The intermediate is missing.')).toBeNull();
  });

  it('does not send a current private key that is another one', async () => {
    const misfit = comparison({ old_private_key_fits: false });
    answer(({ input }) =>
      inspection({
        current: withKey,
        certificate: facts(),
        comparison: input.private_key ? misfit : comparison(),
        carry_private_key: input.private_key === null,
      }),
    );
    renderScreen(<Body />);
    await pick();
    await userEvent.click(await screen.findByRole('button', { name: 'Use the current private key' }));
    expect(await screen.findByText(/does not belong to this certificate/)).toBeTruthy();
    expect(rotation.missing(draft)?.field).toBe('private_key');
  });

  it('takes no private key for a managed request, also not one that lies in the file', async () => {
    const calls = answer(
      ({ input }) =>
        inspection({
          certificate: input.certificate === null ? null : facts(),
          problems: input.certificate === null ? [] : [unasked],
        }),
      wholeFile,
    );
    renderScreen(<Body metadata={managedMetadata} />);
    expect(screen.getByText(/The private key stays in the vault/)).toBeTruthy();
    expect(screen.queryByRole('group', { name: /Private key/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Download CSR' }));
    expect(calls).toContainEqual({ command: 'download_csr', args: { id: 'id-shop' } });
    await pick();
    const part = screen.getByRole('group', { name: 'Certificate' });
    expect((await within(part).findByRole('alert')).textContent).toContain('not signed for the current request');
    expect(rotation.missing(draft)?.message).toContain('not signed for the current request');
    expect(rotation.form(draft)).toEqual({
      secret_type: 'imported_cert',
      parts: {
        certificate: { kind: 'file', token: 't1' },
        intermediate: { kind: 'file', token: 't1' },
        private_key: null,
        password: null,
      },
    });
  });

  it('looks again when somebody changed the secret meanwhile', async () => {
    const calls = answer(() => inspection({ current: withKey }));
    const { rerender } = render(<Body />);
    await expect.poll(() => calls.length).toBe(1);
    // a draft is made anew each time it is shown, which is no reason
    rerender(<Body />);
    await new Promise((resolve) => window.setTimeout(resolve, 500));
    expect(calls).toHaveLength(1);
    rerender(<Body metadata={{ ...secret('shop').metadata, updated_at: '2026-03-01T00:00:00Z' }} />);
    await expect.poll(() => calls.length).toBe(2);
  });

  it('forgets its files when Rust does', () => {
    const file = { token: 't1', name: 'new.pem', found: wholeFile };
    const taken = { source: 'file' as const, file, text: '' };
    const full = { ...emptyRotation, parts: { ...emptyRotation.parts, certificate: taken, private_key: taken } };
    expect(rotation.files(full)).toEqual(['t1']);
    expect(rotation.files(rotation.withoutFiles(full))).toEqual([]);
    expect(rotation.filled(rotation.withoutFiles(full))).toBe(false);
  });
});
