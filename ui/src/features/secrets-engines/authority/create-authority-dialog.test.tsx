import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { ConfigurationView, Problem } from '../../../ipc/bindings';
import { intermediateAuthority, rootAuthority } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { CreateAuthorityDialog } from './create-authority-dialog';

let calls: Call[];
let views: ConfigurationView[];
let refusal: Problem | null;
const onCreated = vi.fn();

beforeEach(() => {
  refusal = null;
  onCreated.mockClear();
  views = [rootAuthority('root'), intermediateAuthority('late', 'root', { status: 'expired' })];
  calls = answerCalls({
    list_configurations: () => views,
    create_configuration: () => (refusal ? refuse(refusal) : rootAuthority('made')),
  });
  renderScreen(<CreateAuthorityDialog onClose={() => undefined} onCreated={onCreated} />);
});

const sent = () => calls.filter(({ command }) => command === 'create_configuration').map(({ args }) => args);

async function type(label: string, text: string) {
  const field = screen.getByLabelText(label);
  await userEvent.click(field);
  await userEvent.paste(text);
}
const choose = (label: string) => userEvent.click(screen.getByRole('radio', { name: label }));
const create = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Create' });

async function name(text: string, commonName: string) {
  await type('Name', text);
  await type('Common name', commonName);
}

describe('CreateAuthorityDialog', () => {
  it('makes a root as it was entered', async () => {
    expect(create().disabled).toBe(true);
    await name('root-2', 'Example Root 2');
    await userEvent.clear(screen.getByLabelText('Validity'));
    await type('Validity', '20');
    await userEvent.selectOptions(screen.getByLabelText('Key algorithm'), 'EC 384');
    await userEvent.click(screen.getByRole('button', { name: 'Constraints' }));
    await userEvent.selectOptions(screen.getByLabelText('Maximum path length'), '1');
    await type('Permitted DNS domains', 'example.com\nexample.org');
    await userEvent.click(screen.getByRole('button', { name: 'Subject name' }));
    await type('Organization', 'Example, Inc.');
    await userEvent.click(screen.getByRole('button', { name: 'Revocation list' }));
    await userEvent.click(screen.getByRole('switch', { name: /CRL building/ }));
    await userEvent.click(create());
    await waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
    expect(sent()).toEqual([
      {
        configuration: {
          name: 'root-2',
          detail: {
            config_type: 'private_cert_configuration_root_ca',
            common_name: 'Example Root 2',
            max_ttl: '8760h',
            key_type: 'ec',
            key_bits: 384,
            organization: ['Example, Inc.'],
            crl_disable: true,
            crl_expiry: '72h',
            ttl: '480h',
            max_path_length: 1,
            permitted_dns_domains: ['example.com', 'example.org'],
          },
        },
      },
    ]);
  });

  it('makes an intermediate that an authority of this instance signs at once', async () => {
    // the authorities are read while the dialog is there
    await waitFor(() => expect(calls.some(({ command }) => command === 'list_configurations')).toBe(true));
    await choose('Intermediate certificate authority');
    expect(screen.getByText(/signed at once/)).toBeTruthy();
    const issuer = screen.getByLabelText<HTMLSelectElement>('Signed by');
    expect(issuer.value).toBe('root');
    const late = within(issuer).getByRole<HTMLOptionElement>('option', { name: 'late: Its certificate has expired.' });
    expect(late.disabled).toBe(true);
    await name('issuing', 'Example Issuing');
    await userEvent.click(create());
    await waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
    expect(sent()).toEqual([
      {
        configuration: {
          name: 'issuing',
          detail: {
            config_type: 'private_cert_configuration_intermediate_ca',
            common_name: 'Example Issuing',
            max_ttl: '8760h',
            key_type: 'rsa',
            key_bits: 2048,
            crl_disable: false,
            crl_expiry: '72h',
            signing_method: 'internal',
            issuer: 'root',
          },
        },
      },
    ]);
  });

  it('makes an intermediate that is signed elsewhere, and says what to do then', async () => {
    await choose('Intermediate certificate authority');
    await choose('External signing');
    await name('outside', 'Example Outside');
    await userEvent.click(create());
    await waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
    expect(onCreated.mock.calls[0]?.[1]).toContain('Download its CSR');
    expect(sent()[0]).toMatchObject({ configuration: { detail: { signing_method: 'external' } } });
    expect(JSON.stringify(sent()[0])).not.toContain('issuer');
  });

  it('opens the section of the field that was refused', async () => {
    refusal = { code: 'bad_request', message: 'At most 10 are possible.', target: { type: 'field', name: 'country' } };
    await name('root-2', 'Example Root 2');
    await userEvent.click(create());
    await screen.findByText('At most 10 are possible.');
    const section = screen.getByRole('button', { name: 'Subject name' });
    // Carbon opens it a moment after the fault is there
    await waitFor(() => expect(section.getAttribute('aria-expanded')).toBe('true'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Country')));
  });

  it('keeps what was entered when there are as many authorities as there can be', async () => {
    refusal = {
      code: 'limit_reached',
      message: 'The instance has reached the maximum of 10 configurations of this kind.',
      remedy: 'Delete one that is no longer used.',
    };
    await name('root-2', 'Example Root 2');
    await userEvent.click(create());
    await screen.findByText('The instance has reached the maximum of 10 configurations of this kind.');
    expect(screen.getByText('Delete one that is no longer used.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Common name').value).toBe('Example Root 2');
    expect(onCreated).not.toHaveBeenCalled();
  });

  it('takes whole numbers only', async () => {
    await name('root-2', 'Example Root 2');
    await type('Maximum TTL', '.5');
    expect(screen.getByText('Enter a whole number.')).toBeTruthy();
    expect(create().disabled).toBe(true);
  });
});
