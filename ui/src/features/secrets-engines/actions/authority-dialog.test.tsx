import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { ActionOutcome, Problem } from '../../../ipc/bindings';
import { intermediateAuthority, rootAuthority } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { OpenedDialog } from '../opened-dialog';
import type { Branch } from '../tree/tree';
import type { Opening } from './configuration-action';

const signed: ActionOutcome = {
  kind: 'signed',
  certificate: 'SIGNED PEM',
  serial_number: '0a:1b',
  issuing_ca: 'ROOT PEM',
  ca_chain: ['MIDDLE PEM\n', 'ROOT PEM\n'],
  expiration: '2099-01-02T03:04:05Z',
};

let calls: Call[];
let refusal: Problem | null;
const onDone = vi.fn();

beforeEach(() => {
  refusal = null;
  onDone.mockClear();
  const answer = (result: unknown) => () => (refusal ? refuse(refusal) : result);
  calls = answerCalls({
    list_configurations: () => [],
    act_on_configuration: answer(signed),
    sign_csr: answer(signed),
    set_signed_certificate: answer({ kind: 'done' }),
    pick_file: () => ({ token: 't1', name: 'partner.csr', size: 900, binary: false, text: null }),
    discard_file: () => null,
    edit_configuration: answer(rootAuthority('root')),
  });
});

function open(opening: Opening, view: Branch['view'], parent: Branch['view'] | null = null) {
  const branch = { id: 'x', view, depth: 0, parent, below: [] };
  return renderScreen(<OpenedDialog opening={opening} branch={branch} onClose={() => undefined} onDone={onDone} />);
}
const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const root = { configType: 'private_cert_configuration_root_ca', name: 'root' };

describe('what an authority is told to do', () => {
  it('signs a request, and shows the certificate with its chain to be copied', async () => {
    refusal = { code: 'bad_request', message: 'It is no request.', target: { type: 'field', name: 'csr' } };
    open('sign-csr', rootAuthority('root'));
    const csr = screen.getByLabelText('Certificate signing request');
    await userEvent.type(csr, 'CSR PEM');
    await userEvent.type(screen.getByLabelText('TTL'), '365');
    await userEvent.selectOptions(screen.getByLabelText('Maximum path length'), '0');
    await press('Sign');
    await screen.findByText('It is no request.');
    expect(document.activeElement).toBe(csr);
    refusal = null;
    await press('Sign');
    const certificate = await screen.findByRole('region', { name: 'Certificate' });
    expect(certificate.textContent).toBe('SIGNED PEM');
    expect(screen.getByRole('region', { name: 'Chain' }).textContent).toBe('MIDDLE PEM\nROOT PEM\n');
    expect(screen.getByText('Copy it now: it is not kept.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy certificate' }).textContent).toContain('Copy');
    expect(screen.getByRole('button', { name: 'Copy chain' })).toBeTruthy();
    expect(argsOf('sign_csr').at(-1)).toEqual({
      ...root,
      csr: { kind: 'text', text: 'CSR PEM' },
      options: { use_csr_values: true, ttl: '8760h', max_path_length: 0 },
    });
  });

  it('signs a request from a file, for another subject', async () => {
    open('sign-csr', rootAuthority('root'));
    await userEvent.click(screen.getByRole('tab', { name: 'Select a file' }));
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop it here/ }));
    await screen.findByText('partner.csr');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Use the values of the CSR' }));
    await userEvent.type(screen.getByLabelText('Common name'), 'Example Partner');
    await press('Constraints');
    await userEvent.type(screen.getByLabelText('Permitted DNS domains'), 'example.com');
    await press('Sign');
    await screen.findByRole('region', { name: 'Certificate' });
    expect(argsOf('sign_csr')).toEqual([
      {
        ...root,
        csr: { kind: 'file', token: 't1' },
        options: { common_name: 'Example Partner', permitted_dns_domains: ['example.com'] },
      },
    ]);
  });

  it('gives a file back that was not used, and drops one that is not kept any more', async () => {
    refusal = { code: 'file', message: 'It is not kept any more.', target: { type: 'field', name: 'file' } };
    const { unmount } = open('bring-signed', intermediateAuthority('outside', null, { data: { csr: 'CSR PEM' } }));
    await userEvent.click(screen.getByRole('tab', { name: 'Select a file' }));
    const pick = () => userEvent.click(screen.getByRole('button', { name: /Select a file or drop it here/ }));
    await pick();
    await press('Sign');
    await screen.findByText('It is not kept any more.');
    expect(onDone).not.toHaveBeenCalled();
    await pick();
    await screen.findByText('partner.csr');
    expect(argsOf('discard_file')).toEqual([]);
    unmount();
    expect(argsOf('discard_file')).toEqual([{ token: 't1' }]);
  });

  it('signs an intermediate that waits for it, by its issuer', async () => {
    const waiting = intermediateAuthority('issuing', 'root', { status: 'signing_required', data: { csr: 'CSR PEM' } });
    open('sign', waiting, rootAuthority('root'));
    await press('Sign');
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('issuing is signed'));
    expect(argsOf('act_on_configuration')).toEqual([
      {
        ...root,
        action: {
          action_type: 'private_cert_configuration_action_sign_intermediate',
          intermediate_certificate_authority: 'issuing',
        },
      },
    ]);
  });

  it('signs an intermediate once more, as it is told', async () => {
    open('sign', intermediateAuthority('issuing', 'root'), rootAuthority('root'));
    expect(screen.getByText(/a new certificate for the same key/).textContent).toContain('What it signed stays valid.');
    await userEvent.type(screen.getByLabelText('TTL'), '30');
    await userEvent.selectOptions(screen.getByLabelText('Maximum path length'), '0');
    await press('Constraints');
    await userEvent.type(screen.getByLabelText('Permitted DNS domains'), 'example.com');
    await press('Subject name');
    await userEvent.type(screen.getByLabelText('Organization'), 'Example, Inc.');
    await press('Sign');
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('issuing is signed'));
    expect(argsOf('act_on_configuration')).toEqual([
      {
        ...root,
        action: {
          action_type: 'private_cert_configuration_action_sign_intermediate',
          intermediate_certificate_authority: 'issuing',
          ttl: '720h',
          max_path_length: 0,
          permitted_dns_domains: ['example.com'],
          organization: ['Example, Inc.'],
        },
      },
    ]);
  });

  it('signs nothing when the authority that signs is gone, and says so', async () => {
    open('sign', intermediateAuthority('issuing', 'root', { status: 'signing_required', data: { csr: 'CSR PEM' } }));
    await press('Sign');
    await screen.findByText('The authority "root" that signs it is not there any more.');
    expect(onDone).not.toHaveBeenCalled();
    expect(argsOf('act_on_configuration')).toEqual([]);
  });

  it('says that what the old key of a rotated authority signed stays valid', () => {
    open('rotate', intermediateAuthority('issuing', 'root'), rootAuthority('root'));
    const dialog = screen.getByRole('dialog', { name: 'Rotate issuing' });
    expect(dialog.textContent).toContain('stay valid until they end, and can still be revoked.');
    expect(dialog.textContent).not.toContain('begins anew');
  });

  it('changes only what was changed', async () => {
    open('edit', rootAuthority('root'));
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>('Maximum TTL').value).toBe('365');
    await userEvent.clear(screen.getByLabelText('CRL TTL'));
    expect(save.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('CRL TTL'), '7');
    await userEvent.click(screen.getByRole('switch', { name: /CRL building/ }));
    await userEvent.click(save);
    await waitFor(() => expect(onDone).toHaveBeenCalledWith('Saved root'));
    expect(argsOf('edit_configuration')).toEqual([
      {
        ...root,
        revision: '1',
        patch: { config_type: 'private_cert_configuration_ca', crl_expiry: '168h', crl_disable: true },
      },
    ]);
  });

  it('tells everything about an authority but its private key', async () => {
    open('details', intermediateAuthority('outside', null, { data: { csr: 'CSR PEM' }, crl: null, max_path_length: 2 }));
    const panel = await screen.findByRole('dialog', { name: 'outside' });
    expect(within(panel).getByRole('region', { name: 'CSR' }).textContent).toBe('CSR PEM');
    expect(within(panel).getByRole('button', { name: 'Copy CSR' })).toBeTruthy();
    expect(within(panel).queryByRole('region', { name: 'Certificate' })).toBeNull();
    expect(panel.textContent).toContain('SigningExternal signing');
    expect(panel.textContent).toContain('Maximum TTL365 days');
    expect(panel.textContent).toContain('Used byNothing');
  });
});
