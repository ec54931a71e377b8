import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { ActionOutcome, ConfigurationView, Problem } from '../../../ipc/bindings';
import { intermediateAuthority, rootAuthority } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { OpenedDialog } from '../opened-dialog';
import type { Opening } from './configuration-action';

const signed: ActionOutcome = {
  kind: 'signed',
  certificate: 'SIGNED PEM',
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
  calls = answerCalls({
    list_configurations: () => [],
    act_on_configuration: () => (refusal ? refuse(refusal) : signed),
    edit_configuration: () => (refusal ? refuse(refusal) : rootAuthority('root')),
  });
});

function open(opening: Opening, view: ConfigurationView, parent: ConfigurationView | null = null) {
  const branch = { id: 'x', view, depth: 0, parent, below: [] };
  renderScreen(<OpenedDialog opening={opening} branch={branch} onClose={() => undefined} onDone={onDone} />);
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
    expect(screen.getByRole('button', { name: 'Copy certificate' })).toBeTruthy();
    expect(argsOf('act_on_configuration').at(-1)).toEqual({
      ...root,
      action: {
        action_type: 'private_cert_configuration_action_sign_csr',
        csr: 'CSR PEM',
        use_csr_values: true,
        ttl: '8760h',
        max_path_length: 0,
      },
    });
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
