import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import { ToastHost } from '../../components/toasts';
import type { ConfigurationView, Problem } from '../../ipc/bindings';
import { certificateTemplate, rootAuthority, usualRules } from '../../ipc/configuration-fixture';
import { group, theDefault } from '../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { PrivateCertificates } from './private-certificates';

let views: ConfigurationView[];
let refusal: Problem | null;
let calls: Call[];

beforeEach(() => {
  views = [
    rootAuthority('root'),
    certificateTemplate('web', 'root', { allowed_domains: ['example.com'], allowed_secret_groups: 'id-payments' }),
  ];
  refusal = { code: 'conflict', message: 'Somebody changed it.' };
  calls = answerCalls({
    list_configurations: () => views,
    list_groups: () => [theDefault(), group('payments'), group('mail')],
    edit_configuration: () => (refusal ? refuse(refusal) : views[1]),
  });
});

async function edit(name: string) {
  renderScreen(
    <ToastHost>
      <PrivateCertificates recoveryConfirmed onFinishRecovery={() => undefined} />
    </ToastHost>,
  );
  await userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  return screen.findByRole('dialog', { name: `Edit ${name}` });
}

/** Saves, is refused because of what `other` is by now, and looks at it. */
async function saveAndReview(dialog: HTMLElement, other: ConfigurationView) {
  views = views.map((view) => (view.configuration.name === other.configuration.name ? { ...other, revision: '2' } : view));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await within(dialog).findByText('Somebody changed it.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Reload and review' }));
  await waitFor(() => expect(within(dialog).queryByText('Somebody changed it.')).toBeNull());
  refusal = null;
}
const last = () => calls.filter(({ command }) => command === 'edit_configuration').at(-1)?.args;

describe('what two people change at once', () => {
  it('keeps the rules of a template that the other changed', async () => {
    const dialog = await edit('web');
    await userEvent.type(within(dialog).getByLabelText('Maximum TTL'), '24');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Domain settings' }));
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Allow subdomains' }));
    const other = {
      ttl: '45m',
      allow_any_name: true,
      allowed_domains: ['example.org'],
      allowed_secret_groups: 'id-payments,id-mail',
    };
    await saveAndReview(dialog, certificateTemplate('web', 'root', other));
    expect(within(dialog).getByText(/^Changed meanwhile/).textContent).toBe(
      'Changed meanwhile: Allowed secret groups, TTL, Allow any name, Allowed domains.',
    );
    expect(within(dialog).getByLabelText<HTMLInputElement>('TTL').value).toBe('45');
    expect(within(dialog).getByLabelText<HTMLTextAreaElement>('Allowed domains').value).toBe('example.org');
    await waitFor(() => expect(dialog.querySelector('.cds--tag')?.textContent).toContain('2'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved web');
    expect(last()).toMatchObject({
      revision: '2',
      patch: { ...usualRules, ...other, max_ttl: '24h', allow_subdomains: true },
    });
  });

  it('says which rule both changed', async () => {
    const dialog = await edit('web');
    await userEvent.clear(within(dialog).getByLabelText('TTL'));
    await userEvent.type(within(dialog).getByLabelText('TTL'), '6');
    await saveAndReview(dialog, certificateTemplate('web', 'root', { ttl: '45m', allowed_domains: ['example.com'] }));
    expect(within(dialog).getByText(/You changed TTL too/)).toBeTruthy();
    expect(within(dialog).getByLabelText<HTMLInputElement>('TTL').value).toBe('6');
  });

  it('shows the fields of an authority as the other left them', async () => {
    const dialog = await edit('root');
    await userEvent.clear(within(dialog).getByLabelText('CRL TTL'));
    await userEvent.type(within(dialog).getByLabelText('CRL TTL'), '7');
    await saveAndReview(dialog, rootAuthority('root', { max_ttl_seconds: 864_000, crl_disable: true }));
    expect(within(dialog).getByText('Changed meanwhile: Maximum TTL, CRL building.')).toBeTruthy();
    expect(within(dialog).getByLabelText<HTMLInputElement>('Maximum TTL').value).toBe('10');
    expect(within(dialog).getByRole('switch', { name: /CRL building/ }).getAttribute('aria-checked')).toBe('false');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved root');
    expect(last()).toMatchObject({
      revision: '2',
      patch: { config_type: 'private_cert_configuration_ca', crl_expiry: '168h' },
    });
  });
});
