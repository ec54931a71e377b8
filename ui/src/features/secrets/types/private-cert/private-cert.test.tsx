import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '../../../../components/render-screen';
import type { ConfigurationView, NewSecretForm, PrivateCertOutlook, Problem } from '../../../../ipc/bindings';
import { certificateTemplate, intermediateAuthority } from '../../../../ipc/configuration-fixture';
import { theDefault } from '../../../../ipc/group-fixture';
import { answerCalls, refuse, type Call } from '../../../../ipc/testing';
import { AddWizard } from '../../add/add-wizard';
import { secret } from '../../secret-fixture';
import { AddStep } from './add-step';
import { emptyPrivateCert } from './new-private-cert';
import { privateCert } from './private-cert';
import { refusalAt, refusedField } from './refused-field';
import { emptyRotation } from './rotation';

const outlook: PrivateCertOutlook = {
  certificate_authority: 'issuing',
  common_name: 'www.example.com',
  alt_names: ['www.example.com', '10.0.0.7'],
  not_after: '2099-03-31T23:59:59Z',
  key_algorithm: 'RSA2048',
};
const forbidden: Problem = {
  code: 'bad_request',
  message: 'The alternative name evil.test is not allowed by the template.',
  target: { type: 'field', name: 'allowed_domains' },
  remedy: 'Give another name.',
};

let calls: Call[];
let views: ConfigurationView[];
let refusal: Problem | null;
const onAdded = vi.fn();

beforeEach(() => {
  refusal = null;
  onAdded.mockClear();
  const hindrance: Problem = { code: 'wrong_state', message: 'The authority has expired.' };
  views = [
    intermediateAuthority('issuing', 'root'),
    certificateTemplate('web', 'issuing'),
    certificateTemplate('late', 'old', { hindrance }),
    certificateTemplate('others', 'issuing', { allowed_secret_groups: 'id-payments, id-x' }),
  ];
  calls = answerCalls({
    list_configurations: () => views,
    list_groups: () => [theDefault()],
    list_labels: () => [],
    check_fields: () => [],
    preview_private_cert: () => (refusal ? refuse(refusal) : outlook),
    preview_private_cert_rotation: () => (refusal ? refuse(refusal) : outlook),
    pick_file: () => ({ token: 't1', name: 'web.csr', size: 900, binary: false, text: null }),
    discard_file: () => null,
    create_secret: ({ form }: { form: NewSecretForm }) => secret(form.name),
  });
});

const argsOf = (name: string) => calls.filter(({ command }) => command === name).map(({ args }) => args);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

async function enter(label: string, text: string) {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
}

async function toCertificate() {
  renderScreen(<AddWizard onClose={() => undefined} onAdded={onAdded} />);
  await userEvent.click(screen.getByRole('radio', { name: 'Private certificate' }));
  await press('Next');
  await screen.findByLabelText('Name');
  await enter('Name', 'www');
  await press('Next');
  await screen.findByLabelText('Certificate template');
  await screen.findByRole('option', { name: 'web' });
}

describe('a new private certificate', () => {
  it('shows what it would be, and is added as it was entered', async () => {
    await toCertificate();
    await userEvent.selectOptions(screen.getByLabelText('Certificate template'), 'web');
    await enter('Common name', 'www.example.com');
    await userEvent.click(screen.getByRole('button', { name: 'More alternative names' }));
    await enter('IP SANs', '10.0.0.7\nfd00::7');
    await enter('TTL (optional)', '30');
    await userEvent.click(screen.getByRole('switch', { name: /Automatic rotation/ }));
    const preview = screen.getByRole('region', { name: 'Preview' });
    await within(preview).findByText('issuing');
    expect(preview.textContent).toContain('RSA2048');
    expect(preview.textContent).toContain('10.0.0.7');
    expect(screen.queryByRole('group', { name: 'Reminder' })).toBeNull();
    await press('Next');
    await screen.findByRole('button', { name: 'Add' });
    expect(screen.getByLabelText('Review').textContent).toContain('Private keyMade and kept here');
    await press('Add');
    await waitFor(() => expect(onAdded).toHaveBeenCalledOnce());
    const detail = {
      certificate_template: 'web',
      common_name: 'www.example.com',
      alt_names: [],
      ip_sans: '10.0.0.7,fd00::7',
      uri_sans: '',
      other_sans: [],
      exclude_cn_from_sans: false,
      csr: null,
      ttl: '720h',
      rotation: { auto_rotate: true, interval: 30, unit: 'day' },
    };
    expect(argsOf('create_secret')).toMatchObject([
      { form: { name: 'www', reminder: null, detail: { secret_type: 'private_cert', ...detail } } },
    ]);
    expect(argsOf('preview_private_cert').at(-1)).toEqual({ secretGroupId: 'default', form: detail });
  });

  it('offers no template that cannot issue, and says why', async () => {
    await toCertificate();
    const option = (name: string) => screen.getByRole<HTMLOptionElement>('option', { name });
    expect(option('late: The authority has expired.').disabled).toBe(true);
    expect(option('others: It is not for the secret group that you chose.').disabled).toBe(true);
    expect(option('web').disabled).toBe(false);
    expect(option('web').closest('optgroup')?.label).toBe('issuing');
    await press('Next');
    expect(await screen.findByText('Choose a certificate template.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Certificate template')));
  });

  it('shows a broken rule at the field that breaks it, and goes no further', async () => {
    refusal = forbidden;
    await toCertificate();
    await userEvent.selectOptions(screen.getByLabelText('Certificate template'), 'web');
    await enter('Common name', 'www.example.com');
    await enter('Alternative names (optional)', 'evil.test');
    const field = screen.getByLabelText('Alternative names (optional)');
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getAllByText(/evil.test is not allowed by the template. Give another name./)).toHaveLength(1);
    await press('Next');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(screen.queryByRole('button', { name: 'Add' })).toBeNull();
    refusal = null;
    await userEvent.clear(field);
    await press('Next');
    await screen.findByRole('button', { name: 'Add' });
  });

  it('takes a request as a file or as text, and then makes no key', async () => {
    await toCertificate();
    await userEvent.selectOptions(screen.getByLabelText('Certificate template'), 'web');
    await userEvent.click(screen.getByRole('checkbox', { name: /certificate signing request/ }));
    expect(screen.getByText('The private key stays with you, and is not kept here.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('web.csr');
    await waitFor(() =>
      expect(argsOf('preview_private_cert').at(-1)).toMatchObject({ form: { csr: { kind: 'file', token: 't1' } } }),
    );
    await userEvent.click(screen.getByRole('tab', { name: 'Paste the request' }));
    await enter('Request', 'CSR PEM');
    await waitFor(() =>
      expect(argsOf('preview_private_cert').at(-1)).toMatchObject({ form: { csr: { kind: 'text', text: 'CSR PEM' } } }),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: /certificate signing request/ }));
    expect(argsOf('discard_file')).toEqual([{ token: 't1' }]);
  });

  it('asks for the request that is wanted, and makes no key instead', async () => {
    await toCertificate();
    await userEvent.selectOptions(screen.getByLabelText('Certificate template'), 'web');
    await enter('Common name', 'www.example.com');
    await userEvent.click(screen.getByRole('checkbox', { name: /certificate signing request/ }));
    await press('Next');
    expect(await screen.findByText('Select a file, or paste the request.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add' })).toBeNull();
    // Rust forgot the file
    const file = { token: 't1', name: 'web.csr', size: 900, binary: false, text: null };
    const full = { ...emptyPrivateCert, template: 'web', csr: { source: 'file', file, text: '', wanted: true } };
    expect(privateCert.add.missing(full)).toBeNull();
    expect(privateCert.add.missing(privateCert.add.withoutFiles(full))?.field).toBe('csr');
  });

  it('cannot be chosen where there is no template, and leads to where one is made', async () => {
    views = [intermediateAuthority('issuing', 'root')];
    window.location.hash = '';
    const onClose = vi.fn();
    renderScreen(<AddWizard onClose={onClose} onAdded={onAdded} />);
    await screen.findAllByText('Engine configuration required');
    const tile = screen.getByRole<HTMLInputElement>('radio', { name: 'Private certificate' });
    expect(tile.disabled).toBe(true);
    const reason = document.getElementById(tile.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toContain('Engine configuration required');
    await press('Next');
    await screen.findByLabelText('Name');
    await enter('Name', 'www');
    await press('Back');
    await userEvent.click(screen.getByRole('link', { name: 'Go to Secrets engines' }));
    // what was entered would be lost
    expect(onClose).not.toHaveBeenCalled();
    expect(window.location.hash).toBe('');
    await userEvent.click(await screen.findByRole('button', { name: 'Drop changes' }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(window.location.hash).toBe('#secrets-engines');
    window.location.hash = '';
  });

  it('says what to do first where the last template went meanwhile', async () => {
    const onEngines = vi.fn();
    views = [];
    renderScreen(
      <AddStep draft={emptyPrivateCert} onChange={() => undefined} error={null} groupId="default" onEngines={onEngines} />,
    );
    expect(await screen.findByText('Engine configuration required')).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: 'Go to Secrets engines' }));
    expect(onEngines).toHaveBeenCalledOnce();
  });

  it('has a place for every rule, and sends what is about none to the notice', () => {
    const at = (name: string, message = '') =>
      refusedField({ code: 'bad_request', message, target: { type: 'field', name } }, emptyPrivateCert);
    expect(at('allow_ip_sans')).toBe('ip_sans');
    expect(at('max_ttl')).toBe('ttl');
    expect(at('key_bits')).toBe('csr');
    expect(at('allow_subdomains', 'The common_name x is not allowed.')).toBe('common_name');
    expect(at('enforce_hostnames', 'The alternative name is no host name.')).toBe('alt_names');
    expect(at('name')).toBeUndefined();
    const locked: Problem = { code: 'password_needed', message: 'It is encrypted.', remedy: 'Enter its password.' };
    expect(refusalAt(locked, 'csr', emptyPrivateCert)).toBe('It is encrypted. Take a file with the request alone.');
    for (const name of privateCert.add.fields) expect(at(name)).toBeDefined();
  });
});

describe('the rotation of a private certificate', () => {
  it('needs nothing, and sends another request if there is one', () => {
    const { rotation } = privateCert;
    expect(rotation.missing(emptyRotation)).toBeNull();
    expect(rotation.form(emptyRotation)).toEqual({ secret_type: 'private_cert', csr: null });
    const text = { ...emptyRotation, csr: { source: 'text', file: null, text: 'CSR PEM', wanted: true } };
    expect(rotation.missing(text)).toBeNull();
    expect(rotation.missing({ ...text, csr: { ...text.csr, text: ' ' } })?.field).toBe('csr');
    expect(rotation.form(text)).toEqual({ secret_type: 'private_cert', csr: { kind: 'text', text: 'CSR PEM' } });
    expect(rotation.compares?.(text)).toBe('never');
  });

  it('says whose rules it follows, and what becomes of the key', () => {
    const of = { template: '<b>web</b>', csrGiven: true, since: 's' };
    const { Body } = privateCert.rotation;
    renderScreen(<Body secretId="x" draft={{ ...emptyRotation, of }} onChange={() => undefined} error={null} />);
    expect(screen.getByText(/template <b>web<\/b>, for the request that was given last/)).toBeTruthy();
    expect(screen.getByText(/the key stays the same/)).toBeTruthy();
  });

  it('shows what the next version would be, and a refusal before the click', async () => {
    const { Body, empty } = privateCert.rotation;
    function Rotation() {
      const [draft, setDraft] = useState({ ...(empty as object), of: { template: 'web', csrGiven: false, since: 's' } });
      return <Body secretId="x" draft={draft} onChange={(next) => setDraft(next as typeof draft)} error={null} />;
    }
    renderScreen(<Rotation />);
    const preview = screen.getByRole('region', { name: 'Preview' });
    await within(preview).findByText('issuing');
    expect(argsOf('preview_private_cert_rotation')).toEqual([{ id: 'x', csr: null }]);
    refusal = { code: 'password_needed', message: 'It is encrypted.', target: { type: 'field', name: 'csr' } };
    await userEvent.click(screen.getByRole('checkbox', { name: /certificate signing request/ }));
    expect(within(preview).getByText('It is shown once the request is given.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /Select a file or drop/ }));
    await screen.findByText('It is encrypted. Take a file with the request alone.');
    expect(argsOf('preview_private_cert_rotation').at(-1)).toEqual({ id: 'x', csr: { kind: 'file', token: 't1' } });
  });

  it('tells a refusal that the request cannot mend in the preview', async () => {
    refusal = { code: 'wrong_state', message: 'The authority has expired.' };
    const of = { template: 'web', csrGiven: false, since: 's' };
    const { Body } = privateCert.rotation;
    renderScreen(<Body secretId="x" draft={{ ...emptyRotation, of }} onChange={() => undefined} error={null} />);
    const preview = screen.getByRole('region', { name: 'Preview' });
    await within(preview).findByText('The authority has expired.');
  });
});
