import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import type { ConfigurationView, Problem } from '../../../ipc/bindings';
import { acmeAuthority, dnsProvider, letsEncrypt, rootAuthority } from '../../../ipc/configuration-fixture';
import { answerCalls, refuse, type Call } from '../../../ipc/testing';
import { PublicCertificates } from './public-certificates';

const hostile = '<img src=x onerror=alert(1)>';

let views: ConfigurationView[];
let refusal: Problem | null;
let calls: Call[];
const onFinishRecovery = vi.fn();

beforeEach(() => {
  refusal = null;
  onFinishRecovery.mockClear();
  views = [
    rootAuthority('root'),
    letsEncrypt('le', { account_url: 'https://acme-v02.example/acct/1', account_key_algorithm: 'RSA2048' }),
    letsEncrypt('try', { lets_encrypt_environment: 'staging' }),
    acmeAuthority('own', { root_certificate: 'ROOT PEM', external_account_key_id: 'kid-1', contact: ['ops@example.com'] }),
    dnsProvider('zone', { zone: 'example.com', tsig_algorithm: 'hmac-sha512' }),
  ];
  calls = answerCalls({
    list_configurations: () => views,
    delete_configuration: ({ name }: { name: string }) => {
      if (refusal) refuse(refusal);
      views = views.filter(({ configuration }) => configuration.name !== name);
      return null;
    },
  });
});

function show(recoveryConfirmed = true) {
  renderScreen(
    <ToastHost>
      <main tabIndex={-1}>
        <PublicCertificates recoveryConfirmed={recoveryConfirmed} onFinishRecovery={onFinishRecovery} />
      </main>
    </ToastHost>,
  );
  return screen.findByRole('button', { name: 'Add certificate authority' });
}
const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const rowText = (name: string) => screen.getByRole('button', { name: `Actions for ${name}` }).closest('tr')?.textContent;
const named = (table: string) =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent);

async function act(name: string, action: string) {
  await userEvent.click(screen.getByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}

describe('PublicCertificates', () => {
  it('shows authorities and DNS providers, each in its table', async () => {
    await show();
    expect(named('Certificate authorities')).toEqual(['le', 'try', 'own']);
    expect(named('DNS providers')).toEqual(['zone']);
    expect(rowText('le')).toContain("Let's Encrypt");
    expect(rowText('le')).toContain('https://acme-v02.example/acct/1');
    expect(rowText('le')).toContain('RSA2048');
    expect(rowText('try')).toContain("Let's Encrypt (Staging)");
    expect(rowText('try')).toContain('Made with the first order');
    expect(rowText('own')).toContain('ACME directory');
    expect(rowText('own')).toContain('acme.example.com:14000');
    expect(rowText('zone')).toContain('RFC 2136');
    expect(rowText('zone')).toContain('ns1.example.com');
    expect(rowText('zone')).toContain('HMAC-SHA512');
    expect(screen.getByText(/is always there: you set the records yourself/)).toBeTruthy();
  });

  it('counts the secrets that are made with each', async () => {
    const secret = { kind: 'secret', name: 'www', secret_id: '1' };
    views[1] = { ...letsEncrypt('le'), used_by: [secret], used_total: 1 };
    views[4] = { ...dnsProvider('zone'), used_by: [secret], used_total: 1200 };
    await show();
    expect(rowText('le')).toContain('1 secret');
    expect(rowText('own')).toContain('No secret');
    expect(rowText('zone')).toContain('1,200 secrets');
  });

  it('says what belongs in each as long as there is nothing, and begins with the recovery code', async () => {
    views = [rootAuthority('root')];
    const add = await show(false);
    expect(screen.getByRole('heading', { name: 'No certificate authority yet' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'No automatic DNS provider yet' })).toBeTruthy();
    expect(screen.getByText(/is always there/)).toBeTruthy();
    await userEvent.click(add);
    await userEvent.click(screen.getByRole('button', { name: 'Add DNS provider' }));
    expect(onFinishRecovery).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes ten of each, and says so', async () => {
    views = [
      ...Array.from({ length: 9 }, (_, index) => letsEncrypt(`le-${index}`)),
      acmeAuthority('own'),
      ...Array.from({ length: 9 }, (_, index) => dnsProvider(`zone-${index}`)),
    ];
    const add = (await show()) as HTMLButtonElement;
    expect(add.disabled).toBe(true);
    expect(document.getElementById(add.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'There are 10 certificate authorities, and there cannot be more. Delete one that is no longer used.',
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add DNS provider' }).disabled).toBe(false);
  });

  it('views a configuration, hostile names as text alone, and gives the focus back', async () => {
    views[3] = acmeAuthority(hostile, {
      root_certificate: 'ROOT PEM',
      external_account_key_id: hostile,
      contact: ['ops@example.com'],
      preferred_chain: 'Own Root',
    });
    await show();
    await act(hostile, 'View configuration');
    const panel = await screen.findByRole('dialog', { name: hostile });
    expect(document.querySelector('img')).toBeNull();
    expect(panel.textContent).toContain('https://acme.example.com:14000/dir');
    expect(panel.textContent).toContain('ops@example.com');
    expect(panel.textContent).toContain('Own Root');
    expect(within(panel).getByRole('region', { name: 'Root certificate' }).textContent).toBe('ROOT PEM');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: `Actions for ${hostile}` })),
    );
    await act('zone', 'View configuration');
    const other = await screen.findByRole('dialog', { name: 'zone' });
    expect(other.textContent).toContain('keyturn.example.com');
    expect(other.textContent).toContain('example.com');
  });

  it('lists what depends on an authority that is deleted, and asks for its name', async () => {
    const secret = { kind: 'secret', name: hostile, secret_id: '1' };
    views[2] = { ...letsEncrypt('try'), revision: '7', used_by: [secret], used_total: 3 };
    await show();
    await act('try', 'Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete try' });
    expect(dialog.textContent).toContain('the private key of its account');
    const list = within(dialog).getByRole('list', { name: 'What depends on try' });
    expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      `secret ${hostile}`,
      'and 2 more',
    ]);
    const remove = within(dialog).getByRole<HTMLButtonElement>('button', { name: /Delete$/ });
    expect(remove.disabled).toBe(true);
    await userEvent.type(within(dialog).getByLabelText('Name of the authority'), 'try{Enter}');
    await screen.findByText('Deleted try');
    expect(argsOf('delete_configuration')).toEqual([
      { configType: 'public_cert_configuration_ca_lets_encrypt', name: 'try', typedName: 'try', revision: '7' },
    ]);
    // its row is gone
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add certificate authority' })),
    );
  });

  it('shows why a provider is not deleted', async () => {
    refusal = { code: 'conflict', message: 'Somebody changed it.' };
    await show();
    await act('zone', 'Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete zone' });
    expect(dialog.textContent).toContain('The provider goes with its key.');
    await userEvent.type(within(dialog).getByLabelText('Name of the provider'), 'zone{Enter}');
    await within(dialog).findByText('Somebody changed it.');
    refusal = null;
    await userEvent.click(within(dialog).getByRole('button', { name: 'Reload' }));
    await waitFor(() => expect(within(dialog).queryByText('Somebody changed it.')).toBeNull());
    await userEvent.click(within(dialog).getByRole('button', { name: /Delete$/ }));
    await screen.findByText('Deleted zone');
    await screen.findByText('No automatic DNS provider yet');
  });
});
