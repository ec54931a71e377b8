import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { fieldProblem } from '../../../../ipc/problem';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { EnterForm } from '../../../../components/enter-form';
import { renderScreen } from '../../../../components/render-screen';
import { AddStep } from './add-step';
import { authority, facts, inspection, wholeFile } from './certificate-fixture';
import { importedCert } from './imported-cert';
import { emptyCertificate, type NewCertificate } from './new-certificate';

const { add } = importedCert;
const confirmed = vi.fn();
let draft: NewCertificate;

/** The step as the wizard has it: what is missing is told once one wants to go on. */
function Step() {
  const [entered, setEntered] = useState(emptyCertificate);
  const [lacks, setLacks] = useState<unknown>(null);
  useEffect(() => {
    draft = entered;
  });
  function change(next: NewCertificate): void {
    setLacks(null);
    setEntered(next);
  }
  return (
    <EnterForm onSubmit={confirmed}>
      <AddStep draft={entered} onChange={change} error={lacks} />
      <button
        type="button"
        onClick={() => {
          const missing = add.missing(entered);
          setLacks(missing && fieldProblem(missing.field, missing.message));
        }}
      >
        Next
      </button>
    </EnterForm>
  );
}

const picked = (name: string, token = 't1') => ({ token, name, size: 3_000, binary: true, text: null });
const fit = inspection({ certificate: facts(), private_key: { algorithm: 'RSA2048', matches: true } });
const drop = (part: string) => screen.getByRole('button', { name: `Select a file or drop it here: ${part}` });
const sent = (calls: Call[], command: string) => calls.filter((call) => call.command === command);

describe('a new imported certificate', () => {
  it('takes all three parts from one file, and the others stay when one is removed', async () => {
    const calls = answerCalls({
      pick_file: () => picked('server.p12'),
      read_certificate_file: () => wholeFile,
      inspect_certificate: () => fit,
      discard_file: () => null,
    });
    renderScreen(<Step />);
    expect(screen.getByText(/PKCS#12 and JKS are understood, encrypted keys too\. One file may fill all three\./)).toBeTruthy();
    await userEvent.click(drop('certificate'));
    const line = 'Certificate, 2 intermediate certificates and private key from server.p12';
    expect(await screen.findByText(line)).toBeTruthy();
    expect(calls[0]).toEqual({ command: 'pick_file', args: { purpose: 'certificate' } });
    expect(await screen.findByText('The private key belongs to the certificate (RSA2048)')).toBeTruthy();
    const file = { kind: 'file', token: 't1' };
    const parts = { certificate: file, intermediate: file, private_key: file, password: null };
    expect(sent(calls, 'inspect_certificate')).toEqual([
      { command: 'inspect_certificate', args: { id: null, input: parts } },
    ]);
    expect(add.form(draft)).toEqual({ secret_type: 'imported_cert', kind: 'given', parts });
    expect(add.missing(draft)).toBeNull();
    expect(add.files(draft)).toEqual(['t1']);
    expect(add.review(draft).map(({ label }) => label)).toEqual([
      'Certificate',
      'Intermediate certificate',
      'Private key',
      'Issued to',
      'Valid',
    ]);

    await userEvent.click(screen.getByRole('button', { name: 'Remove private key' }));
    expect(screen.getByText('Certificate and 2 intermediate certificates from server.p12')).toBeTruthy();
    expect(add.form(draft)).toMatchObject({ parts: { certificate: file, intermediate: file, private_key: null } });
    expect(sent(calls, 'discard_file')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove certificate' }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove intermediate certificate' }));
    expect(sent(calls, 'discard_file')).toEqual([{ command: 'discard_file', args: { token: 't1' } }]);
  });

  it('leaves parts that are given alone, and takes a chain for no certificate', async () => {
    answerCalls({
      pick_file: () => picked('chain.pem'),
      read_certificate_file: () => ({ certificate: authority, intermediates: [], private_key: null }),
      inspect_certificate: () => inspection(),
    });
    renderScreen(<Step />);
    await userEvent.click(drop('intermediate certificate'));
    expect(await screen.findByText(/1 certificate:/)).toBeTruthy();
    expect(draft.parts.certificate.file).toBeNull();
    expect(draft.parts.intermediate.file?.token).toBe('t1');
  });

  it('asks for the password of an encrypted file, and keeps everything when it is wrong', async () => {
    const calls = answerCalls({
      pick_file: () => picked('server.p12'),
      read_certificate_file: ({ password }: { password: string | null }) => {
        if (password === 'right') return wholeFile;
        return password === null
          ? refuse({ code: 'password_needed', message: 'It is encrypted.', target: { type: 'field', name: 'password' } })
          : refuse({ code: 'password_wrong', message: 'The password does not open it.' });
      },
      inspect_certificate: () => fit,
    });
    renderScreen(<Step />);
    await userEvent.click(drop('certificate'));
    const field = await screen.findByLabelText('Password of the file');
    expect(document.activeElement).toBe(field);
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByText('Open server.p12, or remove it.')).toBeTruthy();

    await userEvent.type(field, 'wrong{Enter}');
    expect(await screen.findByText('The password does not open it.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Password of the file').value).toBe('wrong');
    expect(add.files(draft)).toEqual(['t1']);
    expect(confirmed).not.toHaveBeenCalled();

    await userEvent.clear(field);
    await userEvent.type(field, 'right');
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(await screen.findByText(/and private key from server.p12/)).toBeTruthy();
    expect(screen.queryByLabelText('Password of the file')).toBeNull();
    expect(sent(calls, 'read_certificate_file').map(({ args }) => args)).toEqual([
      { token: 't1', password: null },
      { token: 't1', password: 'wrong' },
      { token: 't1', password: 'right' },
    ]);
    expect(JSON.stringify(draft)).not.toContain('right');
  });

  it('says of a file that it does not hold the part it was selected for', async () => {
    answerCalls({
      pick_file: () => picked('key.pem'),
      read_certificate_file: () => ({ certificate: null, intermediates: [], private_key: 'RSA2048' }),
      inspect_certificate: () => inspection(),
    });
    renderScreen(<Step />);
    await userEvent.click(drop('certificate'));
    expect(await screen.findByText(/There is no certificate in key.pem/)).toBeTruthy();
    expect(add.missing(draft)?.field).toBe('certificate');
  });

  it('takes text, masks the key, and asks for a password only where the text needs one', async () => {
    answerCalls({
      inspect_certificate: ({ input }: { input: { private_key: unknown; password: string | null } }) =>
        input.private_key === null || input.password === 'pw'
          ? fit
          : inspection({
              problems: [{ code: 'password_needed', message: 'The key is encrypted.', remedy: 'Enter its password.' }],
            }),
    });
    renderScreen(<Step />);
    const tab = (part: string) =>
      within(screen.getByRole('group', { name: part })).getByRole('tab', { name: 'Enter text' });
    await userEvent.click(tab('Certificate'));
    await userEvent.type(screen.getByRole('textbox', { name: 'Certificate' }), 'CERT');
    expect(await screen.findByRole('heading', { name: 'Checks' })).toBeTruthy();
    expect(screen.queryByLabelText('Password of the entered text')).toBeNull();

    await userEvent.click(tab('Private key (optional)'));
    const key = screen.getByRole('textbox', { name: 'Private key' });
    expect(key.closest('.kt-typed--masked')).toBeTruthy();
    await userEvent.type(key, 'KEY');
    const password = await screen.findByLabelText('Password of the entered text');
    expect(screen.getByText('The key is encrypted. Enter its password.')).toBeTruthy();
    expect(add.missing(draft)?.field).toBe('password');
    await userEvent.type(password, 'pw');
    expect(await screen.findByText('The private key belongs to the certificate (RSA2048)')).toBeTruthy();
    expect(add.form(draft)).toEqual({
      secret_type: 'imported_cert',
      kind: 'given',
      parts: {
        certificate: { kind: 'text', text: 'CERT' },
        intermediate: null,
        private_key: { kind: 'text', text: 'KEY' },
        password: 'pw',
      },
    });
    expect(add.missing(draft)).toBeNull();
  });

  it('does not go on with a key that is another one, and says so at its part', async () => {
    answerCalls({
      pick_file: () => picked('server.p12'),
      read_certificate_file: () => wholeFile,
      inspect_certificate: () =>
        inspection({
          certificate: facts(),
          private_key: { algorithm: 'RSA2048', matches: false },
          findings: [
            {
              part: 'private_key',
              severity: 'refused',
              code: 'key_mismatch',
              message: 'This key is not that of the certificate.',
              remedy: 'Select the key that the request was made with.',
            },
          ],
        }),
    });
    renderScreen(<Step />);
    await userEvent.click(drop('certificate'));
    expect(await screen.findByText('The private key is another one (RSA2048)')).toBeTruthy();
    const finding = within(screen.getByRole('list', { name: 'Findings' })).getByRole('listitem');
    expect(finding.textContent).toContain('Refused');
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    const part = screen.getByRole('group', { name: 'Private key (optional)' });
    expect(within(part).getByRole('alert').textContent).toContain('not that of the certificate');
    await userEvent.click(screen.getByRole('button', { name: 'Remove private key' }));
    expect(add.missing(draft)).toBeNull();
  });

  it('shows names as text whatever they hold, and apart from what stands around them', async () => {
    const hostile = '<img src=x onerror=alert(1)>\u202egpj.exe';
    answerCalls({
      pick_file: () => picked('a\u202efdp.p12'),
      read_certificate_file: () => ({ ...wholeFile, certificate: facts(hostile) }),
      inspect_certificate: () => inspection({ certificate: facts(hostile) }),
    });
    const { container } = renderScreen(<Step />);
    await userEvent.click(drop('certificate'));
    await screen.findByRole('heading', { name: 'Checks' });
    expect(container.querySelector('img')).toBeNull();
    const shown = screen.getAllByText((_, element) => element?.textContent === hostile && element.tagName === 'BDI');
    expect(shown.length).toBeGreaterThan(1);
  });

  it('counts the names it does not show', async () => {
    const names = Array.from({ length: 12 }, (_, place) => ({ kind: 'dns' as const, value: `n${place}.example` }));
    answerCalls({
      pick_file: () => picked('server.p12'),
      read_certificate_file: () => wholeFile,
      inspect_certificate: () =>
        inspection({
          certificate: facts('shop.example', {
            alt_names: names,
            alt_names_left_out: 30,
            not_after: '2026-01-02T00:00:00Z',
          }),
        }),
    });
    renderScreen(<Step />);
    await userEvent.click(drop('certificate'));
    expect((await screen.findByText(/and 32 more/)).textContent).toContain('n9.example');
    expect(screen.queryByText('n10.example')).toBeNull();
    expect(screen.getByText('expired')).toBeTruthy();
  });
});
