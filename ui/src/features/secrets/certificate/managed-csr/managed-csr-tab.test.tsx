import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ManagedCsrView, SecretView } from '../../../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { ToastHost } from '../../../../components/toasts';
import { DetailsPanel } from '../../details/details-panel';
import { certificateDetails, certificateSecret } from '../certificate-fixture';
import { keyChoices } from '../request/key-choice';
import { requestLabels, roleFlags } from '../request/request-words';

const csr: ManagedCsrView = {
  csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n',
  common_name: 'www.example.com',
  organization: ['Example, Inc.'],
  alt_names: 'a.example',
  key_type: 'rsa',
  key_bits: 2048,
  rotate_keys: false,
  server_flag: true,
};

let calls: Call[];
let edited: () => SecretView;

beforeEach(() => {
  edited = () => certificateSecret({ csr: { ...csr, csr: 'new request' } });
  calls = answerCalls({
    get_secret: () => certificateSecret({ csr }),
    get_certificate: () => certificateDetails(),
    list_groups: () => [],
    check_fields: () => [],
    preview_policy: () => ({ at_once: false, effect: '', next: null, hindrance: null }),
    edit_secret: () => edited(),
    download_csr: () => ({ name: 'www.csr', size: 900 }),
  });
});

const onClose = vi.fn();
async function open() {
  renderScreen(
    <ToastHost>
      <DetailsPanel secret={{ id: 'id-www', name: 'www' }} onSaved={vi.fn()} onClose={onClose} />
    </ToastHost>,
  );
  await userEvent.click(await screen.findByRole('tab', { name: 'Managed CSR' }));
}
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const sent = () => calls.filter(({ command }) => command === 'edit_secret').map(({ args }) => args);

describe('ManagedCsrTab', () => {
  it('shows the request and saves it', async () => {
    await open();
    const text = field('Certificate signing request (CSR)');
    expect([text.value, text.readOnly]).toEqual([csr.csr, true]);
    expect(button('Update').disabled).toBe(true);
    await userEvent.click(button('Download CSR'));
    await screen.findByText('Saved www.csr');
    expect(screen.getByText(/At least one of the names must stay/)).toBeTruthy();
  });

  it('sends the whole request, blank entries as none', async () => {
    await open();
    await userEvent.clear(field('Alternative names'));
    await userEvent.type(field('Organization'), '{Enter}Other{Enter}');
    await userEvent.click(screen.getByRole('switch', { name: /Make a new key/ }));
    await userEvent.click(button('Update'));
    await screen.findByText('Updated the request of www');
    expect(sent()).toMatchObject([
      {
        id: 'id-www',
        revision: 'r1',
        edit: {
          managed_csr: {
            common_name: 'www.example.com',
            alt_names: null,
            organization: ['Example, Inc.', 'Other'],
            rotate_keys: true,
            server_flag: true,
            key_bits: 2048,
          },
        },
      },
    ]);
    expect(JSON.stringify(sent())).not.toContain('BEGIN');
    await waitFor(() => expect(button('Update').disabled).toBe(true));
  });

  it('has the keys and the words of a new request', async () => {
    await open();
    const key = screen.getByLabelText<HTMLSelectElement>('Key algorithm');
    expect(key.selectedOptions[0]?.textContent).toBe('RSA 2048');
    expect([...key.options].map(({ text }) => text)).toEqual(keyChoices.map(({ words }) => words));
    for (const { label } of roleFlags) expect(screen.getByLabelText(label)).toBeTruthy();
    for (const label of Object.values(requestLabels)) expect(screen.getByLabelText(label)).toBeTruthy();
    await userEvent.selectOptions(key, 'Ed25519');
    await userEvent.click(button('Update'));
    await waitFor(() => expect(sent()).toMatchObject([{ edit: { managed_csr: { key_type: 'ed25519', key_bits: null } } }]));
  });

  it.each([
    ['common_name', 'Common name'],
    ['country', 'Country'],
    ['ext_key_usage', 'Extended key usage'],
  ])('shows a refusal about %s there, in a section that opens for it', async (name, label) => {
    edited = () => refuse({ code: 'bad_request', message: 'Not like this.', target: { type: 'field', name } });
    await open();
    await userEvent.type(field('Common name'), 'x{Enter}');
    await screen.findByText('Not like this.');
    await waitFor(() => expect(document.activeElement).toBe(field(label)));
    expect(document.querySelector('.kt-problem')).toBeNull();
  });

  it('tells a refusal of the whole request', async () => {
    edited = () => refuse({ code: 'bad_request', message: 'Unknown usage.', target: { type: 'field', name: 'csr' } });
    await open();
    await userEvent.type(field('Common name'), 'x');
    await userEvent.click(button('Update'));
    expect((await screen.findByText('Unknown usage.')).closest('.kt-problem')).toBeTruthy();
  });

  it('asks before a change is thrown away', async () => {
    await open();
    await userEvent.type(field('Common name'), 'x');
    await userEvent.click(button('Cancel'));
    expect(await screen.findByText('Changes are not saved.')).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('keeps what was typed through a conflict', async () => {
    edited = () => refuse({ code: 'conflict', message: 'The secret was rotated.' });
    await open();
    await userEvent.type(field('Common name'), 'x');
    await userEvent.click(button('Update'));
    await userEvent.click(await screen.findByRole('button', { name: 'Reload and review' }));
    await waitFor(() => expect(screen.queryByText('The secret was rotated.')).toBeNull());
    expect(field('Common name').value).toBe('www.example.comx');
  });
});
