import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { events, type ActiveInstance, type ApiAccess, type SecretGroupView, type Settings } from '../ipc/bindings';
import { group, theDefault } from '../ipc/group-fixture';
import { answerCalls, type Call } from '../ipc/testing';
import { App } from './app';

let active: ActiveInstance;
let access: ApiAccess;
let settings: Settings;
let overdue: number;
let groups: SecretGroupView[];
let calls: Call[];

beforeEach(() => {
  window.location.hash = '#settings';
  active = { id: '1', name: 'Production', kind: 'local', unlocked: true, recovery_confirmed: true, color: 6, remote: null, offline: null };
  settings = { theme: 'white', auto_lock_minutes: 10, clipboard_seconds: 30, reveal_seconds: 15, notify_overdue: true };
  overdue = 0;
  groups = [theDefault()];
  access = { enabled: false, port: 8200, url: 'http://127.0.0.1:8200', serving: false, problem: null };
  calls = answerCalls({
    app_status: () => ({
      instances: [{ ...active, location: 'This computer', status: 'active', secrets: 7, attention: null, ask_for_key: false }],
      active,
      product_version: '0.1.0',
    }),
    get_settings: () => settings,
    set_settings: ({ settings: next }: { settings: Settings }) => (settings = next),
    get_vault_settings: () => ({ versions_kept: 10, grace_days: 30 }),
    default_dns_lookup: () => ({}),
    get_dns_lookup: () => ({ resolvers: [], authoritative_only: false, discovery: [], authoritative_port: 53 }),
    get_api_access: () => access,
    list_api_keys: () => [],
    overdue_total: () => overdue,
    list_groups: () => groups,
    unlock_methods: () => ({
      keyring: false,
      passphrase: true,
      recovery_code: false,
      keyring_problem: null,
      methods: [{ slot_id: 'p', kind: 'passphrase', created_at: '2026-11-01T10:00:00Z', confirmed: true }],
    }),
    lock_vault: () => {
      active = { ...active, unlocked: false };
      return null;
    },
    touch: () => null,
    retry_connection: () => {
      active = { ...active, offline: null };
      return null;
    },
  });
});

async function open() {
  render(<App />);
  await screen.findByRole('heading', { level: 1, name: 'Settings' });
}

const times = (command: string) => calls.filter((call) => call.command === command).length;

describe('Shell', () => {
  it('names the active instance and the page', async () => {
    await open();
    expect(screen.getByRole('group', { name: 'Active instance' }).textContent).toBe('PProductionLocal vault');
    const entries = [...screen.getByRole('navigation', { name: 'Instance' }).querySelectorAll('a')];
    expect(entries.map(({ textContent }) => textContent)).toEqual([
      'Secrets',
      'Secret groups',
      'Secrets engines',
      'Endpoints',
      'Settings',
    ]);
    expect(entries.at(-1)?.getAttribute('aria-current')).toBe('page');
    expect(document.title).toBe('Settings – Keyturn');
  });

  it('says beside Secrets how many are overdue, and counts again when something changed', async () => {
    overdue = 3;
    await open();
    const nav = screen.getByRole('navigation', { name: 'Instance' });
    const entry = await within(nav).findByRole('link', { name: 'Secrets 3 overdue' });
    expect(entry.textContent).toBe('Secrets 3 overdue');
    overdue = 0;
    await act(() => events.instanceChanged.emit({}));
    expect(await within(nav).findByRole('link', { name: 'Secrets' })).toBe(entry);
  });

  it('leads to the secret groups, and reads them again when something changed', async () => {
    await open();
    const nav = screen.getByRole('navigation', { name: 'Instance' });
    await userEvent.click(within(nav).getByRole('link', { name: 'Secret groups' }));
    await screen.findByRole('heading', { level: 1, name: 'Secret groups' });
    await screen.findByRole('row', { name: /^default/ });
    groups = [...groups, group('payments')];
    await act(() => events.instanceChanged.emit({}));
    await screen.findByRole('row', { name: /^payments/ });
  });

  it('leads from the endpoints to the switch of the API, and hears of what comes of it', async () => {
    await open();
    const nav = screen.getByRole('navigation', { name: 'Instance' });
    await userEvent.click(within(nav).getByRole('link', { name: 'Endpoints' }));
    await screen.findByText('Off');
    access = { ...access, enabled: true, serving: true };
    await act(() => events.instanceChanged.emit({}));
    await screen.findByText('On');
    await userEvent.click(screen.getByRole('button', { name: 'Settings > API access' }));
    const heading = await screen.findByRole('heading', { level: 2, name: 'API access' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it('says that a remote instance does not answer, and keeps from it what needs the connection', async () => {
    window.location.hash = '#secret-groups';
    const seen_at = new Date(Date.now() - 5 * 60_000).toISOString();
    const problem = { code: 'io', message: 'The instance cannot be reached.' } as const;
    active = {
      ...active,
      kind: 'keyturn_server',
      remote: { service_url: 'https://kt.example.test', iam_url: 'https://kt.example.test', instance_id: null },
      offline: { since: seen_at, seen_at, problem },
    };
    render(<App />);
    await screen.findByText('Production cannot be reached, since 5 minutes ago.');
    expect(screen.getByText(/What is shown was read 5 minutes ago/)).toBeTruthy();
    const create = await screen.findByRole<HTMLButtonElement>('button', { name: 'Create' });
    expect(create.disabled).toBe(true);
    expect(create.getAttribute('title')).toBe('The instance cannot be reached.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/cannot be reached, since/)).toBeNull());
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Create' }).disabled).toBe(false);
  });

  it('shows of a remote instance no settings of a vault, and where it is', async () => {
    active = {
      ...active,
      kind: 'ibm_cloud',
      remote: { service_url: 'https://i.example.test', iam_url: 'https://iam.cloud.ibm.com', instance_id: 'i' },
    };
    await open();
    await screen.findByRole('heading', { level: 2, name: 'DNS checks' });
    for (const name of ['Unlock methods', 'Versions', 'API access']) {
      expect(screen.queryByRole('heading', { level: 2, name })).toBeNull();
    }
    expect(times('unlock_methods') + times('get_vault_settings') + times('get_api_access')).toBe(0);
    const nav = screen.getByRole('navigation', { name: 'Instance' });
    await userEvent.click(within(nav).getByRole('link', { name: 'Endpoints' }));
    await screen.findByText('https://iam.cloud.ibm.com/identity/token');
    expect(screen.getByText('https://i.example.test')).toBeTruthy();
    expect(times('get_api_access')).toBe(0);
  });

  it('goes to the Resource List by the menu, which takes the focus and gives it back', async () => {
    await open();
    const button = screen.getByRole('button', { name: 'Open menu' });
    await userEvent.click(button);
    const entry = screen.getByRole('link', { name: 'Resource List' });
    expect(document.activeElement).toBe(entry);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(button);
    await userEvent.click(button);
    await userEvent.click(screen.getByRole('link', { name: 'Resource List' }));
    await screen.findByRole('heading', { level: 1, name: 'Resource List' });
    expect(screen.queryByRole('navigation', { name: 'Menu' })).toBeNull();
  });

  it('lists its keys, but not to somebody who is typing', async () => {
    await open();
    const field = await screen.findByLabelText('Versions kept');
    await userEvent.click(field);
    await userEvent.keyboard('?');
    expect(screen.queryByRole('dialog')).toBeNull();
    const button = screen.getByRole('button', { name: 'Lock' });
    button.focus();
    await userEvent.keyboard('?');
    expect((await screen.findByRole('dialog')).textContent).toContain('Ctrl+L');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it('locks by key, also from within a field, and only what is open', async () => {
    await open();
    await userEvent.click(await screen.findByLabelText('Versions kept'));
    await userEvent.keyboard('{Control>}l{/Control}');
    await screen.findByRole('heading', { level: 1, name: 'Unlock Production' });
    expect(times('lock_vault')).toBe(1);
    expect(screen.queryByRole('button', { name: 'Lock' })).toBeNull();
    await userEvent.keyboard('{Control>}l{/Control}');
    expect(times('lock_vault')).toBe(1);
  });

  it('switches the theme and keeps it', async () => {
    await open();
    expect(document.documentElement.dataset.theme).toBe('white');
    await userEvent.click(screen.getByRole('button', { name: 'Dark theme' }));
    await screen.findByRole('button', { name: 'Light theme' });
    expect(document.documentElement.dataset.theme).toBe('g100');
    expect(settings.theme).toBe('g100');
  });

  it('skips to the content without leaving the page', async () => {
    await open();
    await userEvent.click(screen.getByRole('link', { name: 'Skip to main content' }));
    expect(document.activeElement).toBe(screen.getByRole('main'));
    expect(window.location.hash).toBe('#settings');
  });
});
