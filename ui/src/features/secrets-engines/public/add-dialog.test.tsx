import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import type { Problem } from '../../../ipc/bindings';
import { letsEncrypt } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { AddAuthorityDialog, AddProviderDialog } from './add-dialog';

let calls: Call[];
let refusal: Problem | null;
const onAdded = vi.fn();
const onClose = vi.fn();

beforeEach(() => {
  refusal = null;
  onAdded.mockClear();
  onClose.mockClear();
  calls = answerCalls({ create_configuration: () => (refusal ? refuse(refusal) : letsEncrypt('made')) });
});

const sent = () => calls.filter(({ command }) => command === 'create_configuration').map(({ args }) => args);
const at = (name: string, message: string): Problem => ({
  code: 'bad_request',
  message,
  target: { type: 'field', name },
});
const add = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Add' });
const choose = (label: string) => userEvent.click(screen.getByRole('radio', { name: label }));
const unfold = (title: string) => userEvent.click(screen.getByRole('button', { name: title }));

async function type(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
}

async function lacking(label: string, words: string) {
  await userEvent.click(add());
  expect(await screen.findByText(words)).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText(label));
}

describe('AddAuthorityDialog', () => {
  beforeEach(() => void renderScreen(<AddAuthorityDialog onClose={onClose} onAdded={onAdded} />));

  it("adds Let's Encrypt with an account key that is made here", async () => {
    expect(screen.getByText(/you agree to the terms of service of Let's Encrypt/)).toBeTruthy();
    await type('Name', 'le');
    await type('Contact', 'ops@example.com\n\nsec@example.com');
    await userEvent.click(add());
    await waitFor(() => expect(onAdded).toHaveBeenCalledWith('le'));
    expect(sent()).toEqual([
      {
        configuration: {
          name: 'le',
          detail: {
            config_type: 'public_cert_configuration_ca_lets_encrypt',
            lets_encrypt_environment: 'production',
            contact: ['ops@example.com', 'sec@example.com'],
          },
        },
      },
    ]);
  });

  it("adds Let's Encrypt (Staging) with an account key that is brought", async () => {
    await choose("Let's Encrypt (Staging)");
    await type('Name', 'try');
    await choose('Bring an account key');
    await type('Account key', 'KEY PEM\n');
    await unfold('Chain');
    await type('Preferred chain', 'ISRG Root X1');
    await userEvent.click(add());
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    expect(sent()[0]).toMatchObject({
      configuration: {
        detail: {
          lets_encrypt_environment: 'staging',
          lets_encrypt_private_key: 'KEY PEM',
          lets_encrypt_preferred_chain: 'ISRG Root X1',
        },
      },
    });
  });

  it('drops an account key that is not wanted after all', async () => {
    await choose('Bring an account key');
    await type('Account key', 'KEY PEM');
    await choose('Make a new account key');
    await choose('Bring an account key');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Account key').value).toBe('');
  });

  it('adds another directory with its root and an external account', async () => {
    await choose('Another ACME directory');
    await type('Name', 'own');
    await type('Directory address', ' https://acme.example.com/dir ');
    await unfold('Root certificate');
    await userEvent.click(screen.getByRole('textbox', { name: 'Root certificate' }));
    await userEvent.paste('ROOT PEM');
    await unfold('External account binding');
    await type('Key identifier', 'kid-1');
    await type('HMAC key', 'aGVsbG8');
    expect(screen.getByLabelText<HTMLInputElement>('HMAC key').type).toBe('password');
    await userEvent.click(add());
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    expect(sent()).toEqual([
      {
        configuration: {
          name: 'own',
          detail: {
            config_type: 'public_cert_configuration_ca_acme',
            directory_url: 'https://acme.example.com/dir',
            root_certificate: 'ROOT PEM',
            contact: [],
            external_account_key_id: 'kid-1',
            external_account_hmac_key: 'aGVsbG8',
          },
        },
      },
    ]);
  });

  it('says at its field what is not entered yet, and sends nothing', async () => {
    await lacking('Name', 'Enter a name.');
    await type('Name', 'own');
    expect(screen.queryByText('Enter a name.')).toBeNull();
    await choose('Bring an account key');
    await lacking('Account key', 'Enter the account key, or choose to have one made.');
    await choose('Another ACME directory');
    await lacking('Directory address', 'Enter the address of the directory.');
    await type('Directory address', 'https://acme.example.com/dir');
    await lacking('Account key', 'Enter the account key, or choose to have one made.');
    expect(sent()).toEqual([]);
  });

  it('shows a refusal at its field, and opens the section that hides it', async () => {
    await choose('Another ACME directory');
    await type('Name', 'own');
    await type('Directory address', 'http://acme.example.com');
    refusal = at('directory_url', 'The address of a directory begins with https://.');
    await userEvent.click(add());
    await screen.findByText(refusal.message);
    expect(document.activeElement).toBe(screen.getByLabelText('Directory address'));
    expect(document.querySelector('.kt-problem')).toBeNull();
    refusal = at('external_account_hmac_key', 'The key is missing.');
    await userEvent.click(add());
    await screen.findByText('The key is missing.');
    const section = screen.getByRole('button', { name: 'External account binding' });
    await waitFor(() => expect(section.getAttribute('aria-expanded')).toBe('true'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('HMAC key')));
    expect(onAdded).not.toHaveBeenCalled();
  });

  it("shows a refused key of Let's Encrypt at its field, and keeps what was entered", async () => {
    await type('Name', 'le');
    await choose('Bring an account key');
    await type('Account key', 'no key');
    refusal = at('lets_encrypt_private_key', 'This is no private key.');
    await userEvent.click(add());
    await screen.findByText('This is no private key.');
    expect(document.activeElement).toBe(screen.getByLabelText('Account key'));
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('le');
  });

  it('says what no field is at fault for', async () => {
    await type('Name', 'le');
    refusal = { code: 'limit_reached', message: 'The instance has reached the maximum.', remedy: 'Delete one.' };
    await userEvent.click(add());
    await screen.findByText('The instance has reached the maximum.');
    expect(screen.getByText('Delete one.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('le');
  });

  it('asks before it throws away what was entered', async () => {
    await type('Name', 'le');
    await userEvent.keyboard('{Escape}');
    await screen.findByText('Changes are not saved.');
    expect(onClose).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Drop changes' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('AddProviderDialog', () => {
  beforeEach(() => void renderScreen(<AddProviderDialog onClose={onClose} onAdded={onAdded} />));

  async function fill() {
    await type('Name', 'zone');
    await type('Server', '192.0.2.53:5353 ');
    await type('Key name', 'keyturn.example.com');
    await type('Key', 'c2VjcmV0LXNlY3JldA==');
  }

  it('says at its field what is not entered yet, and sends nothing', async () => {
    await lacking('Name', 'Enter a name.');
    await type('Name', 'zone');
    await lacking('Server', 'Enter the name or address of the server.');
    await type('Server', '192.0.2.53');
    await lacking('Key name', 'Enter the name of the key.');
    await type('Key name', 'keyturn.example.com');
    await lacking('Key', 'Enter the key.');
    expect(sent()).toEqual([]);
  });

  it('adds a server that takes dynamic updates', async () => {
    await fill();
    await type('Zone (optional)', 'example.com');
    await userEvent.selectOptions(screen.getByLabelText('Algorithm'), 'HMAC-SHA512');
    expect(screen.getByLabelText<HTMLInputElement>('Key').type).toBe('password');
    await userEvent.click(add());
    await waitFor(() => expect(onAdded).toHaveBeenCalledWith('zone'));
    expect(sent()).toEqual([
      {
        configuration: {
          name: 'zone',
          detail: {
            config_type: 'public_cert_configuration_dns_rfc2136',
            server: '192.0.2.53:5353',
            zone: 'example.com',
            tsig_key_name: 'keyturn.example.com',
            tsig_algorithm: 'hmac-sha512',
            tsig_secret: 'c2VjcmV0LXNlY3JldA==',
          },
        },
      },
    ]);
  });

  it('shows each refusal at its field', async () => {
    await fill();
    for (const [name, label] of [
      ['name', 'Name'],
      ['server', 'Server'],
      ['zone', 'Zone (optional)'],
      ['tsig_key_name', 'Key name'],
      ['tsig_secret', 'Key'],
    ] as const) {
      refusal = at(name, `Not this ${name}.`);
      await userEvent.click(add());
      await screen.findByText(`Not this ${name}.`);
      expect(document.activeElement).toBe(screen.getByLabelText(label));
    }
    expect(document.querySelector('.kt-problem')).toBeNull();
    expect(onAdded).not.toHaveBeenCalled();
  });
});
