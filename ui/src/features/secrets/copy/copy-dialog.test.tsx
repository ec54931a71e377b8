import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { events, type CopyPlan, type CopyReport, type CopyRequest, type CopyTarget } from '../../../ipc/bindings';
import { refuse } from '../../../ipc/testing';
import { secret } from '../secret-fixture';
import { box, showSecrets, type Vault } from '../secrets-page-fixture';

let vault: Vault;
let targets: CopyTarget[];
let plan: (request: CopyRequest) => Partial<CopyPlan>;
let copy: (request: CopyRequest) => CopyReport | Promise<CopyReport>;

const target = (name: string, over: Partial<CopyTarget> = {}): CopyTarget => ({
  id: `to-${name}`,
  name,
  kind: 'local',
  location: 'This computer',
  color: 1,
  hindrance: null,
  ...over,
});

function planned(request: CopyRequest): CopyPlan {
  const name = request.secret_id.replace('id-', '');
  const version = (number: number, left_behind: string | null = null) => ({
    number,
    created_at: '2026-01-02T03:04:05Z',
    left_behind,
  });
  return {
    secret_id: request.secret_id,
    source_name: name,
    source_group: 'default',
    source_type: 'arbitrary',
    name: request.name ?? name,
    secret_type: 'arbitrary',
    group: { id: 'default', name: 'default' },
    groups: [{ id: 'default', name: 'default' }],
    versions: [1, 2].map((number) => version(number, 'Its value is no longer kept.')).concat([3, 4, 5].map((number) => version(number))),
    copied_total: 3,
    notes: [],
    suggested_name: null,
    hindrance: null,
    ...plan(request),
  };
}

function receipt(over: Partial<CopyReport> = {}): CopyReport {
  const versions = [1, 2, 3].map((number) => ({ id: `v${number}`, source_number: number + 2, number, kept: true }));
  return {
    name: 'api',
    secret_id: 'there',
    created_group: null,
    versions,
    planned_total: 3,
    differences: [],
    outcome: { kind: 'checked' },
    ...over,
  };
}

beforeEach(() => {
  vault = { rows: [secret('api'), secret('build')], filters: [] };
  targets = [target('Team'), target('Home', { hindrance: 'Only its passphrase opens it.' })];
  plan = () => ({});
  copy = () => receipt();
});

function show() {
  return showSecrets(vault, {
    copy_targets: () => targets,
    copy_plan: ({ request }: { request: CopyRequest }) => planned(request),
    copy_secret: ({ request }: { request: CopyRequest }) => copy(request),
    cancel_copy: () => null,
    remove_copy: () => null,
    end_copy: () => null,
    open_instance: () => null,
    app_status: () => ({ instances: [], active: null, product_version: '1' }),
  });
}

async function open() {
  const page = show();
  const button = await screen.findByRole('button', { name: 'Actions for api' });
  await userEvent.click(button);
  await userEvent.click(screen.getByRole('menuitem', { name: 'Copy to…' }));
  return { ...page, button, dialog: await screen.findByRole('dialog', { name: 'Copy api to…' }) };
}

async function openBatch() {
  const page = show();
  for (const name of ['api', 'build']) await userEvent.click(await box(name));
  await userEvent.click(screen.getByRole('button', { name: 'Copy to…' }));
  return { ...page, dialog: await screen.findByRole('dialog', { name: 'Copy 2 secrets to…' }) };
}

async function choose(dialog: HTMLElement, name: string) {
  await userEvent.click(await within(dialog).findByRole('combobox', { name: 'Copy to' }));
  await userEvent.click(within(dialog).getByRole('option', { name: new RegExp(name) }));
}

const confirm = async (dialog: HTMLElement, label = 'Copy') => {
  const button = await within(dialog).findByRole<HTMLButtonElement>('button', { name: label });
  await waitFor(() => expect(button.disabled).toBe(false), { timeout: 3000 });
  await userEvent.click(button);
};

describe('CopyDialog', () => {
  it('says what will be copied and what not, copies, and tells that it was read back', async () => {
    const { dialog, sent } = await open();
    await choose(dialog, 'Team');
    await within(dialog).findByText('Values of 3 of 5 versions are kept and come along, oldest first.');
    expect(within(dialog).getByText('Versions 1–2: Its value is no longer kept.')).toBeTruthy();
    await confirm(dialog);
    await screen.findByText('3 versions were read back: the same, byte for byte.');
    expect(sent('copy_secret')).toEqual([
      { target: 'to-Team', request: { secret_id: 'id-api', name: null, group: { kind: 'same_name' } } },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Open there' }));
    await waitFor(() => expect(sent('open_instance')).toEqual([{ id: 'to-Team' }]));
  });

  it('closes the other instance when it is closed, and gives the focus back', async () => {
    const { dialog, sent, button } = await open();
    await choose(dialog, 'Team');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('end_copy')).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('says why an instance cannot be copied to', async () => {
    const { dialog, sent } = await open();
    await choose(dialog, 'Home');
    expect(within(dialog).getByText('Only its passphrase opens it.')).toBeTruthy();
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Copy' }).disabled).toBe(true);
    expect(sent('copy_plan')).toEqual([]);
  });

  it('offers a name that is free where the name is taken', async () => {
    const problem = { code: 'name_taken', message: 'There is one: api', target: { type: 'field', name: 'name' } } as const;
    plan = ({ name }) => (name === null ? { hindrance: problem, suggested_name: 'api-copy' } : {});
    const { dialog, sent } = await open();
    await choose(dialog, 'Team');
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Use api-copy' }));
    expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Name of the copy' }).value).toBe('api-copy');
    await confirm(dialog);
    await screen.findByText(/byte for byte/);
    expect(sent('copy_secret')).toMatchObject([{ request: { name: 'api-copy' } }]);
  });

  it('creates the group if that is wished', async () => {
    plan = () => ({ source_group: 'payments' });
    const { dialog, sent } = await open();
    await choose(dialog, 'Team');
    await userEvent.click(await within(dialog).findByRole('combobox', { name: 'Secret group' }));
    await userEvent.click(within(dialog).getByRole('option', { name: 'Create payments' }));
    await confirm(dialog);
    await screen.findByText(/byte for byte/);
    expect(sent('copy_secret')).toMatchObject([{ request: { group: { kind: 'new', name: 'payments' } } }]);
  });

  it('tells how far it is, ends between two versions, and removes what is there', async () => {
    let answer: (receipt: CopyReport) => void = () => undefined;
    copy = () => new Promise((resolve) => (answer = resolve));
    const { dialog, sent } = await open();
    await choose(dialog, 'Team');
    await confirm(dialog);
    await screen.findByText('Beginning…');
    await act(() => events.copyProgressed.emit({ secret_id: 'id-api', done: 1, total: 3 }));
    await screen.findByText('1 of 3 versions are there and were read back.');
    await userEvent.click(within(dialog).getByRole('button', { name: 'End' }));
    expect(sent('cancel_copy')).toHaveLength(1);
    act(() => answer(receipt({ versions: receipt().versions.slice(0, 1), outcome: { kind: 'cancelled' } })));
    await screen.findByText('Ended before it was whole. 1 of 3 versions are there.');
    await userEvent.click(screen.getByRole('button', { name: 'Remove the partial copy' }));
    await screen.findByText('The partial copy was removed.');
    expect(sent('remove_copy')).toEqual([{ target: 'to-Team', secretId: 'there' }]);
    expect(screen.queryByRole('button', { name: 'Open there' })).toBeNull();
  });

  it('copies several one after the other, without those that cannot be, and goes on after a failure', async () => {
    vault.rows.push(secret('iam'));
    const problem = { code: 'not_supported', message: 'IAM credentials cannot be copied.' } as const;
    plan = ({ secret_id: id }) => (id === 'id-iam' ? { hindrance: problem, copied_total: 0, versions: [] } : {});
    copy = ({ secret_id: id }) =>
      id === 'id-api' ? refuse({ code: 'limit_reached', message: 'Too many secrets.' }) : receipt({ name: 'build' });
    const page = show();
    for (const name of ['api', 'build', 'iam']) await userEvent.click(await box(name));
    await userEvent.click(screen.getByRole('button', { name: 'Copy to…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Copy 3 secrets to…' });
    await choose(dialog, 'Team');
    const refused = await within(dialog).findByRole('region', { name: 'iam' });
    expect(refused.textContent).toContain('IAM credentials cannot be copied.');
    await confirm(dialog, 'Copy 2 of 3');
    const api = await screen.findByRole('region', { name: 'api' });
    expect(api.textContent).toContain('Not copied. Too many secrets.');
    expect(screen.getByRole('region', { name: 'build' }).textContent).toContain('byte for byte');
    expect(screen.getByRole('region', { name: 'iam' }).textContent).toContain('Not copied. IAM credentials cannot be copied.');
    expect(page.sent('copy_secret')).toHaveLength(2);
  });

  it('tells which ones were not begun when it is ended', async () => {
    let answer: (receipt: CopyReport) => void = () => undefined;
    copy = () => new Promise((resolve) => (answer = resolve));
    const { dialog, sent } = await openBatch();
    await choose(dialog, 'Team');
    await confirm(dialog);
    await screen.findByText('Beginning…');
    await userEvent.click(within(dialog).getByRole('button', { name: 'End' }));
    act(() => answer(receipt()));
    const build = await screen.findByRole('region', { name: 'build' });
    expect(build.textContent).toContain('Not copied. It was ended before.');
    expect(sent('copy_secret')).toHaveLength(1);
  });

  it('says so when there is no other instance', async () => {
    targets = [];
    const { dialog } = await openBatch();
    await within(dialog).findByText(/There is no other instance/);
  });
});
