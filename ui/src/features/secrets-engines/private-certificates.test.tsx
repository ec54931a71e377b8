import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import type { ConfigurationView, Problem } from '../../ipc/bindings';
import {
  certificateTemplate,
  dnsProvider,
  intermediateAuthority,
  letsEncrypt,
  rootAuthority,
} from '../../ipc/configuration-fixture';
import { theDefault } from '../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { PrivateCertificates } from './private-certificates';

const hostile = '<img src=x onerror=alert(1)>';
const waiting = { status: 'signed_certificate_required', data: { csr: 'CSR PEM' }, crl: null, expiration_date: null } as const;

let views: ConfigurationView[];
let refusal: Problem | null;
let calls: Call[];
const onFinishRecovery = vi.fn();

beforeEach(() => {
  refusal = null;
  onFinishRecovery.mockClear();
  views = [
    rootAuthority('root'),
    intermediateAuthority('issuing', 'root', {
      crl: { number: 4, this_update: '2026-01-02T03:04:05Z', next_update: '2099-01-05T03:04:05Z', revoked: 3 },
    }),
    certificateTemplate('web', 'issuing'),
    intermediateAuthority('outside', null, waiting),
  ];
  const answer = (result: unknown) => () => (refusal ? refuse(refusal) : result);
  calls = answerCalls({
    list_configurations: () => views,
    list_groups: () => [theDefault()],
    create_configuration: ({ configuration: { name } }: { configuration: { name: string } }) =>
      refusal ? refuse(refusal) : rootAuthority(name),
    edit_configuration: answer(rootAuthority('root')),
    delete_configuration: answer(null),
    act_on_configuration: answer({ kind: 'done' }),
    set_signed_certificate: answer({ kind: 'done' }),
    download_authority: answer({ name: 'root.pem', size: 1_200 }),
  });
});

async function show(recoveryConfirmed = true) {
  renderScreen(
    <ToastHost>
      <main tabIndex={-1}>
        <PrivateCertificates recoveryConfirmed={recoveryConfirmed} onFinishRecovery={onFinishRecovery} />
      </main>
    </ToastHost>,
  );
  if (views.length > 0) await screen.findByRole('table', { name: 'Private certificates' });
  else await screen.findByRole('heading', { level: 3 });
}
const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent);

/** What the row of an authority or template says. */
const rowText = (name: string) => screen.getByRole('button', { name: `Actions for ${name}` }).closest('tr')?.textContent;

async function menu(name: string) {
  await userEvent.click(screen.getByRole('button', { name: `Actions for ${name}` }));
}
async function act(name: string, action: string) {
  await menu(name);
  await userEvent.click(await screen.findByRole('menuitem', { name: action }));
}
function reasonOf(action: string) {
  const item = screen.getByRole('menuitem', { name: action });
  if (item.getAttribute('aria-disabled') !== 'true') return null;
  return document.getElementById(item.getAttribute('aria-describedby') ?? '')?.textContent;
}

describe('PrivateCertificates', () => {
  it('shows what is below what, and how each stands', async () => {
    await show();
    expect(names()).toEqual(['root', 'issuing, below root', 'web, below issuing', 'outside']);
    expect(rowText('issuing')).toContain('Active');
    expect(rowText('issuing')).toContain('3 revoked');
    expect(rowText('issuing')).toContain('Jan 2, 2099');
    expect(rowText('outside')).toContain('Signing required');
    expect(rowText('outside')).toContain('External signing');
    await press('What is below root');
    expect(names()).toEqual(['root', 'outside']);
  });

  it('leaves out what public certificates are ordered with', async () => {
    views.push(letsEncrypt('le'), dnsProvider('zone'));
    await show();
    expect(names()).toEqual(['root', 'issuing, below root', 'web, below issuing', 'outside']);
    cleanup();
    views = [letsEncrypt('le')];
    renderScreen(<PrivateCertificates recoveryConfirmed onFinishRecovery={onFinishRecovery} />);
    expect(await screen.findByText('No certificate authority yet')).toBeTruthy();
  });

  it('says what belongs here as long as there is nothing, and begins with the recovery code', async () => {
    views = [];
    await show(false);
    expect(screen.getByRole('heading', { level: 3, name: 'No certificate authority yet' })).toBeTruthy();
    await press('Create certificate authority');
    expect(onFinishRecovery).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('warns of what cannot issue, and of an authority whose issuer expired', async () => {
    const hindrance: Problem = { code: 'wrong_state', message: 'The authority has expired.', remedy: 'Rotate it.' };
    views = [
      rootAuthority('root', { status: 'expired' }),
      intermediateAuthority('issuing', 'root'),
      intermediateAuthority('orphan', 'gone'),
      certificateTemplate('web', 'issuing', { hindrance }),
    ];
    await show();
    expect(rowText('web')).toContain('Cannot issue');
    expect(rowText('web')).toContain('The authority has expired. Rotate it.');
    expect(rowText('issuing')).toContain('The certificate of "root", which signed it, has expired.');
    expect(rowText('orphan')).toContain('The authority "gone" that signed it is not there any more.');
  });

  it('says which certificates would outlive their authority, and what to do', async () => {
    const secret = { kind: 'secret', name: 'www', secret_id: '1' };
    views[0] = { ...rootAuthority('root'), outliving: [secret], outliving_total: 1 };
    views[1] = { ...intermediateAuthority('issuing', 'root'), outliving: [secret], outliving_total: 3 };
    await show();
    expect(rowText('issuing')).toContain('3 would outlive it');
    expect(rowText('web')).not.toContain('outlive');
    await act('issuing', 'Details');
    const panel = await screen.findByRole('dialog', { name: 'issuing' });
    expect(panel.textContent).toContain(
      '3 certificates would outlive this authority: their next rotation will be refused.' +
        'Rotate the authority or choose a shorter life.',
    );
    const list = within(panel).getByRole('list', { name: 'What would outlive issuing' });
    expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'secret www',
      'and 2 more',
    ]);
    await press('Close');
    await act('root', 'Details');
    const other = await screen.findByRole('dialog', { name: 'root' });
    expect(other.textContent).toContain(
      '1 certificate would outlive this authority: its next rotation will be refused.Choose a shorter life.',
    );
  });

  it('shows hostile names as text alone', async () => {
    views = [rootAuthority(hostile, { common_name: hostile })];
    await show();
    expect(names()).toEqual([hostile]);
    await act(hostile, 'Details');
    await screen.findByRole('dialog', { name: hostile });
    expect(document.querySelector('img')).toBeNull();
  });

  it('disables what cannot be done, and says why', async () => {
    const unsigned = { rotate_hindrance: 'It waits to be signed.', revoke_hindrance: 'There is no certificate yet.' };
    views[3] = intermediateAuthority('outside', null, { ...waiting, ...unsigned });
    views.push(intermediateAuthority('middle', 'root', { status: 'revoked' }), intermediateAuthority('low', 'middle'));
    await show();
    await menu('outside');
    expect(reasonOf('Sign CSR')).toBe('It is not signed yet.');
    expect(reasonOf('Add template')).toBe('It is not signed yet.');
    expect(reasonOf('Download certificate')).toBe('It is not signed yet.');
    expect(reasonOf('Download CSR')).toBeNull();
    expect(reasonOf('Sign certificate')).toBeNull();
    // as Rust says it
    expect(reasonOf('Rotate')).toBe('It waits to be signed.');
    expect(reasonOf('Revoke')).toBe('There is no certificate yet.');
    await userEvent.keyboard('{Escape}');
    await menu('middle');
    expect(reasonOf('Rotate')).toBeNull();
    expect(reasonOf('Sign certificate')).toBe('Its certificate was revoked. Rotate it: that gives it another key.');
    expect(reasonOf('Rotate revocation list')).toBe('Its certificate was revoked.');
    await userEvent.keyboard('{Escape}');
    await menu('low');
    expect(reasonOf('Sign certificate')).toBe('"middle", which signs it, cannot sign: Its certificate was revoked.');
    await userEvent.keyboard('{Escape}');
    await menu('root');
    expect(screen.queryByRole('menuitem', { name: 'Revoke' })).toBeNull();
    expect(screen.queryByRole('menuitem', { name: 'Sign certificate' })).toBeNull();
    expect(screen.queryByRole('menuitem', { name: 'Download CSR' })).toBeNull();
  });

  it('downloads and makes the list anew at once, and says what failed', async () => {
    await show();
    await act('root', 'Download revocation list (DER)');
    await screen.findByText('Saved root.pem');
    const of = { configType: 'private_cert_configuration_root_ca', name: 'root' };
    expect(argsOf('download_authority')).toEqual([{ ...of, file: 'crl_der' }]);
    await act('root', 'Rotate revocation list');
    await screen.findByText('Made the revocation list of root anew');
    expect(argsOf('act_on_configuration')).toEqual([
      { ...of, action: { action_type: 'private_cert_configuration_action_rotate_crl' } },
    ]);
    refusal = { code: 'io', message: 'The disk is gone.' };
    await act('root', 'Download chain');
    await screen.findByText('The disk is gone.');
  });

  it('revokes once the name is typed', async () => {
    await show();
    await act('issuing', 'Revoke');
    const dialog = await screen.findByRole('dialog', { name: 'Revoke issuing' });
    const revoke = within(dialog).getByRole<HTMLButtonElement>('button', { name: /Revoke$/ });
    expect(revoke.disabled).toBe(true);
    await userEvent.type(within(dialog).getByLabelText('Name of the authority'), 'issuing');
    await userEvent.click(revoke);
    await screen.findByText('Revoked issuing');
    expect(argsOf('act_on_configuration')).toEqual([
      {
        configType: 'private_cert_configuration_intermediate_ca',
        name: 'issuing',
        action: { action_type: 'private_cert_configuration_action_revoke_ca_certificate' },
      },
    ]);
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for issuing' })),
    );
  });

  it('asks before it rotates an authority, and shows a refusal there', async () => {
    refusal = { code: 'wrong_state', message: 'The root cannot sign.' };
    await show();
    await act('issuing', 'Rotate');
    const dialog = await screen.findByRole('dialog', { name: 'Rotate issuing' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rotate' }));
    await within(dialog).findByText('The root cannot sign.');
    refusal = null;
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rotate' }));
    await screen.findByText('Rotated issuing');
  });

  it('lists what depends on what is deleted', async () => {
    views[1] = {
      ...(views[1] ?? rootAuthority('')),
      used_by: [
        { kind: 'certificate template', name: 'web' },
        { kind: 'secret', name: hostile, secret_id: '1' },
      ],
      used_total: 5,
    };
    await show();
    await act('issuing', 'Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete issuing' });
    const list = within(dialog).getByRole('list', { name: 'What depends on issuing' });
    expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'certificate template web',
      `secret ${hostile}`,
      'and 3 more',
    ]);
    await userEvent.type(within(dialog).getByLabelText('Name of the authority'), 'issuing{Enter}');
    await screen.findByText('Deleted issuing');
    expect(argsOf('delete_configuration')).toEqual([
      {
        configType: 'private_cert_configuration_intermediate_ca',
        name: 'issuing',
        typedName: 'issuing',
        revision: '1',
      },
    ]);
  });

  it('brings a certificate that was signed elsewhere', async () => {
    refusal = { code: 'bad_request', message: 'Not this request.', target: { type: 'field', name: 'certificate' } };
    await show();
    await act('outside', 'Sign certificate');
    const dialog = await screen.findByRole('dialog', { name: 'Sign certificate of outside' });
    expect(within(dialog).getByRole('region', { name: 'CSR' }).textContent).toBe('CSR PEM');
    const text = within(dialog).getByLabelText('Signed certificate');
    await userEvent.type(text, 'PEM');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    await within(dialog).findByText('Not this request.');
    expect(document.activeElement).toBe(text);
    refusal = null;
    await userEvent.click(within(dialog).getByRole('button', { name: 'Download CSR' }));
    await screen.findByText('Saved root.pem');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    await screen.findByText('outside is signed');
    expect(argsOf('set_signed_certificate').at(-1)).toEqual({
      configType: 'private_cert_configuration_intermediate_ca',
      name: 'outside',
      certificate: { kind: 'text', text: 'PEM' },
    });
  });
});
