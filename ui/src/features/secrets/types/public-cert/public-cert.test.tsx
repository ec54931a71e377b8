import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfigurationView, FieldsToCheck, NewSecretForm, Problem, SecretView } from '../../../../ipc/bindings';
import { theDefault } from '../../../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { ToastHost } from '../../../../components/toasts';
import { order, publicSecret } from '../../orders/order-fixture';
import { OpenedDialog } from '../../opened-dialog';
import { dnsProvider, publicAuthority } from './engine-fixture';
import { allNames, emptyPublicCert, publicCertForm, publicCertMissing } from './new-public-cert';
import { publicCert } from './public-cert';
import { emptyRotation } from './rotation';

let calls: Call[];
let views: ConfigurationView[];
let refusal: Problem | null;
/** What the names are refused for before they are sent. */
let fault: Problem | null;
let stored: SecretView;
const onClose = vi.fn();

beforeEach(() => {
  refusal = null;
  fault = null;
  onClose.mockClear();
  stored = publicSecret({ state: 0 });
  views = [publicAuthority(), dnsProvider()];
  calls = answerCalls({
    list_configurations: () => views,
    list_groups: () => [theDefault()],
    list_labels: () => [],
    check_fields: ({ fields }: { fields: FieldsToCheck }) => (fields.public_cert && fault ? [fault] : []),
    create_secret: () => (refusal ? refuse(refusal) : stored),
    get_secret: () => stored,
    get_order: () => order(),
    find_zones: () => [null, null],
    zone_file: () => [],
  });
});

const sent = () =>
  calls.filter(({ command }) => command === 'create_secret').map(({ args }) => (args as { form: NewSecretForm }).form.detail);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const toggle = (name: string) => screen.getByRole<HTMLButtonElement>('switch', { name: new RegExp(name) });

async function enter(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
}

async function toCertificate() {
  renderScreen(
    <ToastHost>
      <OpenedDialog opened={{ action: 'add' }} onClose={onClose} />
    </ToastHost>,
  );
  await userEvent.click(screen.getByRole('radio', { name: 'Public certificate' }));
  await press('Next');
  await screen.findByLabelText('Name');
  await enter('Name', 'shop');
  await press('Next');
  await screen.findByLabelText('Certificate authority');
  await screen.findByRole('option', { name: 'staging' });
}

describe('a new public certificate', () => {
  it('is ordered, and with the provider Manual leads to Challenges', async () => {
    await toCertificate();
    const providers = [...screen.getByLabelText<HTMLSelectElement>('DNS provider').options].map(({ text }) => text);
    expect(providers).toEqual(['Manual', 'bind']);
    const algorithms = [...screen.getByLabelText<HTMLSelectElement>('Key algorithm').options].map(({ text }) => text);
    expect(algorithms).toEqual(['RSA2048', 'RSA4096', 'ECDSA256', 'ECDSA384']);
    expect(screen.getByText(/This cannot be changed later/)).toBeTruthy();
    expect(toggle('Automatic rotation').disabled).toBe(true);
    expect(screen.getByText(/Not with the DNS provider Manual: only you can set the TXT records/)).toBeTruthy();

    await enter('Common name', 'example.test');
    await enter('Alternative names (optional)', '*.example.test, a.test\nb.test');
    await userEvent.selectOptions(screen.getByLabelText('Certificate authority'), 'staging');
    await userEvent.selectOptions(screen.getByLabelText('Key algorithm'), 'ECDSA384');
    await userEvent.click(toggle('Rotate keys'));
    await press('Next');
    await screen.findByText('*.example.test, a.test, b.test');
    expect(screen.getByText('DNS provider').nextElementSibling?.textContent).toBe('Manual');
    expect(screen.queryByText('Your order is being processed')).toBeNull();
    await press('Add');
    await screen.findByText('Your order is being processed');
    expect(sent()).toEqual([
      {
        secret_type: 'public_cert',
        ca: 'staging',
        dns: 'manual',
        common_name: 'example.test',
        alt_names: ['*.example.test', 'a.test', 'b.test'],
        key_algorithm: 'ECDSA384',
        bundle_certs: true,
        rotation: { auto_rotate: false, rotate_keys: true },
      },
    ]);
    await screen.findByRole('dialog', { name: 'Challenges of shop' });
    await screen.findByRole('table', { name: 'TXT records' });
    expect(onClose).not.toHaveBeenCalled();
  });

  it('rotates by itself with a DNS provider that is configured, and is done then', async () => {
    stored = publicSecret({ state: 0, dns: 'bind' });
    await toCertificate();
    await enter('Common name', 'example.test');
    await userEvent.selectOptions(screen.getByLabelText('Certificate authority'), 'staging');
    await userEvent.selectOptions(screen.getByLabelText('DNS provider'), 'bind');
    await userEvent.click(toggle('Automatic rotation'));
    await userEvent.click(toggle('Bundle certificates'));
    await press('Next');
    await screen.findByRole('button', { name: 'Add' });
    await press('Add');
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent()[0]).toMatchObject({
      dns: 'bind',
      bundle_certs: false,
      rotation: { auto_rotate: true, rotate_keys: false },
    });
  });

  it('shows what is missing and what is refused at the field', async () => {
    await toCertificate();
    await press('Next');
    await screen.findByText('Choose a certificate authority.');
    await userEvent.selectOptions(screen.getByLabelText('Certificate authority'), 'staging');
    await press('Next');
    await screen.findByText('Enter the name that the certificate is for.');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Common name')));
    await enter('Common name', '192.0.2.1');
    const name: HTMLInputElement = screen.getByLabelText('Common name');
    expect(name.dataset.invalid).toBeUndefined();
    fault = {
      code: 'bad_request',
      message: '"192.0.2.1" is an address; public certificates are for names.',
      target: { type: 'field', name: 'common_name' },
    };
    await press('Next');
    await screen.findByText(fault.message);
    expect(name.dataset.invalid).toBe('true');
    expect(screen.queryByRole('button', { name: 'Add' })).toBeNull();
    expect(calls.findLast(({ command }) => command === 'check_fields')?.args).toMatchObject({
      fields: { public_cert: { ca: 'staging', common_name: '192.0.2.1' } },
    });
    fault = null;
    await press('Next');
    await screen.findByRole('button', { name: 'Add' });
    refusal = { code: 'bad_request', message: 'Not this one.', target: { type: 'field', name: 'alt_names' } };
    await press('Add');
    await screen.findByText('Not this one.');
    const others = screen.getByLabelText('Alternative names (optional)');
    expect(others.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(others);
    expect(screen.queryByText('Your order is being processed')).toBeNull();
  });

  it('cannot be chosen where no authority is configured', async () => {
    views = [dnsProvider()];
    renderScreen(<OpenedDialog opened={{ action: 'add' }} onClose={onClose} />);
    await screen.findAllByText('Engine configuration required');
    const tile = screen.getByRole<HTMLInputElement>('radio', { name: 'Public certificate' });
    expect(tile.disabled).toBe(true);
    expect(screen.getByRole('link', { name: 'Go to Secrets engines' })).toBeTruthy();
  });

  it('is for its names, each once', () => {
    const draft = { ...emptyPublicCert, ca: 'staging', commonName: 'A.test' };
    expect(allNames({ ...draft, altNames: 'a.test\n b.test ,,c.test' })).toEqual(['a.test', 'b.test', 'c.test']);
    expect(publicCertMissing(draft)).toBeNull();
    expect(publicCertMissing({ ...draft, commonName: '' })).toMatchObject({ field: 'common_name' });
    expect(publicCertForm({ ...draft, rotates: true }).rotation.auto_rotate).toBe(false);
  });
});

describe('the rotation of a public certificate', () => {
  const { rotation } = publicCert;
  it('has a new key as the policy says, unless the person says otherwise', () => {
    const follow = (policy: boolean) =>
      rotation.follow?.(emptyRotation, publicSecret({ rotation: { auto_rotate: false, rotate_keys: policy } }).metadata);
    expect(rotation.form(follow(true))).toEqual({ secret_type: 'public_cert', rotate_keys: true });
    expect(rotation.form(follow(false))).toEqual({ secret_type: 'public_cert', rotate_keys: false });
    expect(rotation.filled(follow(true))).toBe(false);
    const other = { ...(follow(true) as object), newKeys: false };
    expect(rotation.form(other)).toEqual({ secret_type: 'public_cert', rotate_keys: false });
    expect(rotation.filled(other)).toBe(true);
  });
});
