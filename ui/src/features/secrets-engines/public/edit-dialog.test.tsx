import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import type { ConfigurationView, Problem } from '../../../ipc/bindings';
import { acmeAuthority, dnsProvider, letsEncrypt } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { PublicCertificates } from './public-certificates';

const le = { contact: ['ops@example.com'], lets_encrypt_preferred_chain: 'ISRG Root X1' };
const own = { root_certificate: 'ROOT PEM', external_account_key_id: 'kid-1', preferred_chain: 'Own' };
const zone = { zone: 'example.com' };

let views: ConfigurationView[];
let refusal: Problem | null;
let calls: Call[];

beforeEach(() => {
  refusal = null;
  views = [letsEncrypt('le', le), acmeAuthority('own', own), dnsProvider('zone', zone)];
  calls = answerCalls({
    list_configurations: () => views,
    edit_configuration: () => (refusal ? refuse(refusal) : views[0]),
  });
});

async function edit(name: string) {
  renderScreen(
    <ToastHost>
      <PublicCertificates recoveryConfirmed onFinishRecovery={() => undefined} />
    </ToastHost>,
  );
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  return within(await screen.findByRole('dialog', { name: `Edit ${name}` }));
}
type Dialog = Awaited<ReturnType<typeof edit>>;

async function replace(dialog: Dialog, label: string, text: string) {
  const field = dialog.getByLabelText(label);
  await userEvent.clear(field);
  if (text !== '') await userEvent.paste(text);
}
const save = (dialog: Dialog) => dialog.getByRole<HTMLButtonElement>('button', { name: 'Save' });
const last = () => calls.filter(({ command }) => command === 'edit_configuration').at(-1)?.args;

describe('editing an authority or DNS provider', () => {
  it("sends what changed of Let's Encrypt, and keeps its key", async () => {
    const dialog = await edit('le');
    expect(save(dialog).disabled).toBe(true);
    expect(dialog.getByLabelText<HTMLTextAreaElement>('Account key').value).toBe('');
    expect(dialog.queryByRole('radio', { name: 'Another ACME directory' })).toBeNull();
    await userEvent.click(dialog.getByRole('radio', { name: "Let's Encrypt (Staging)" }));
    await replace(dialog, 'Contact', '');
    await replace(dialog, 'Preferred chain', '');
    await userEvent.click(save(dialog));
    await screen.findByText('Saved le');
    expect(last()).toEqual({
      configType: 'public_cert_configuration_ca_lets_encrypt',
      name: 'le',
      revision: '1',
      patch: {
        config_type: 'public_cert_configuration_ca_lets_encrypt',
        lets_encrypt_environment: 'staging',
        contact: [],
        lets_encrypt_preferred_chain: '',
      },
    });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for le' })));
  });

  it('takes another account key and root for a directory, which itself stays', async () => {
    const dialog = await edit('own');
    expect(dialog.queryByLabelText('Directory address')).toBeNull();
    expect(dialog.getByText('https://acme.example.com:14000/dir')).toBeTruthy();
    await replace(dialog, 'Account key', 'KEY PEM');
    await replace(dialog, 'Root certificate', '');
    await userEvent.click(save(dialog));
    await screen.findByText('Saved own');
    expect(last()).toMatchObject({
      configType: 'public_cert_configuration_ca_acme',
      patch: { config_type: 'public_cert_configuration_ca_acme', private_key: 'KEY PEM', root_certificate: '' },
    });
    expect(JSON.stringify(last())).not.toContain('contact');
    expect(document.body.innerHTML).not.toContain('KEY PEM');
  });

  it('takes another external account, whose key it does not show', async () => {
    const dialog = await edit('own');
    expect(dialog.getByLabelText<HTMLInputElement>('Key identifier').value).toBe('kid-1');
    expect(dialog.getByLabelText<HTMLInputElement>('HMAC key').value).toBe('');
    await replace(dialog, 'Key identifier', 'kid-2 ');
    await replace(dialog, 'HMAC key', 'aGVsbG8');
    refusal = {
      code: 'bad_request',
      message: 'The key is not base64url.',
      target: { type: 'field', name: 'external_account_hmac_key' },
    };
    await userEvent.click(save(dialog));
    await dialog.findByText('The key is not base64url.');
    expect(document.activeElement).toBe(dialog.getByLabelText('HMAC key'));
    refusal = null;
    await userEvent.click(save(dialog));
    await screen.findByText('Saved own');
    expect(last()).toMatchObject({
      patch: {
        config_type: 'public_cert_configuration_ca_acme',
        external_account_key_id: 'kid-2',
        external_account_hmac_key: 'aGVsbG8',
      },
    });
  });

  it('warns, with what depends on it, when another environment is chosen', async () => {
    const used_by = [{ kind: 'public_cert', name: 'shop', secret_id: 'id-shop' }];
    views = [{ ...letsEncrypt('le', le), used_by, used_total: 3 }];
    const dialog = await edit('le');
    const account = 'A new account is made with the next order.';
    expect(dialog.queryByText(account)).toBeNull();
    await userEvent.click(dialog.getByRole('radio', { name: "Let's Encrypt (Staging)" }));
    await dialog.findByText(account);
    const list = within(dialog.getByRole('list', { name: 'What depends on le' }));
    expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['public_cert shop', 'and 2 more']);
    await userEvent.click(dialog.getByRole('radio', { name: "Let's Encrypt" }));
    expect(dialog.queryByText(account)).toBeNull();
  });

  it('keeps the key of a provider that is left empty, and shows a refusal at its field', async () => {
    const dialog = await edit('zone');
    expect(dialog.queryByLabelText('Name')).toBeNull();
    expect(dialog.getByLabelText<HTMLInputElement>('Key').value).toBe('');
    await replace(dialog, 'Server', 'ns2.example.com');
    await replace(dialog, 'Zone (optional)', '');
    refusal = { code: 'bad_request', message: 'Not this zone.', target: { type: 'field', name: 'zone' } };
    await userEvent.click(save(dialog));
    await dialog.findByText('Not this zone.');
    expect(document.activeElement).toBe(dialog.getByLabelText('Zone (optional)'));
    refusal = null;
    await userEvent.click(save(dialog));
    await screen.findByText('Saved zone');
    expect(last()).toEqual({
      configType: 'public_cert_configuration_dns_rfc2136',
      name: 'zone',
      revision: '1',
      patch: { config_type: 'public_cert_configuration_dns_rfc2136', server: 'ns2.example.com', zone: '' },
    });
  });

  it('keeps what somebody else changed meanwhile, and says what it was', async () => {
    const dialog = await edit('zone');
    await replace(dialog, 'Key', 'bmV3LWtleS1uZXcta2V5');
    await replace(dialog, 'Key name', 'mine.example.com');
    refusal = { code: 'conflict', message: 'Somebody changed it.' };
    const theirs = { ...zone, server: 'ns9.example.com', tsig_key_name: 'theirs.example.com' };
    views = [letsEncrypt('le', le), { ...dnsProvider('zone', theirs), revision: '2' }];
    await userEvent.click(save(dialog));
    await dialog.findByText('Somebody changed it.');
    await userEvent.click(dialog.getByRole('button', { name: 'Reload and review' }));
    await dialog.findByText('Changed meanwhile: Server, Key name.');
    expect(dialog.getByText(/You changed Key name too/)).toBeTruthy();
    expect(dialog.getByLabelText<HTMLInputElement>('Server').value).toBe('ns9.example.com');
    refusal = null;
    await userEvent.click(save(dialog));
    await screen.findByText('Saved zone');
    expect(last()).toMatchObject({
      revision: '2',
      patch: {
        config_type: 'public_cert_configuration_dns_rfc2136',
        tsig_key_name: 'mine.example.com',
        tsig_secret: 'bmV3LWtleS1uZXcta2V5',
      },
    });
    expect(JSON.stringify(last())).not.toContain('ns9');
  });
});
