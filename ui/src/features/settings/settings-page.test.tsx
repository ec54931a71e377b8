import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { ActiveInstance, Problem, Settings, UnlockMethodRow, VaultSettings } from '../../ipc/bindings';
import { answerCalls, refuse, type Call } from '../../ipc/testing';
import { SettingsPage } from './settings-page';

const instance: ActiveInstance = {
  id: '1',
  name: 'Production',
  kind: 'local',
  unlocked: true,
  recovery_confirmed: true,
  color: 0,
  remote: null,
  offline: null,
};
const lastMethod: Problem = {
  code: 'recovery_required',
  message: 'This is the last unlock method besides the keyring.',
  remedy: 'Set a passphrase or a recovery code first.',
};

let calls: Call[];
let settings: Settings;
let vault: VaultSettings;
let refusal: Problem | null;
let keyring: boolean;

beforeEach(() => {
  settings = { theme: 'system', auto_lock_minutes: 10, clipboard_seconds: 30, reveal_seconds: 15, notify_overdue: true };
  vault = { versions_kept: 10, grace_days: 30 };
  refusal = null;
  keyring = true;
  const methods: UnlockMethodRow[] = [
    { slot_id: 'k', kind: 'keyring', created_at: '2026-11-01T10:00:00Z', confirmed: true },
    { slot_id: 'r', kind: 'recovery_code', created_at: '2026-11-02T10:00:00Z', confirmed: false },
  ];
  calls = answerCalls({
    app_status: () => ({ instances: [], active: null, product_version: '0.1.0' }),
    get_settings: () => settings,
    set_settings: ({ settings: next }: { settings: Settings }) => {
      if (refusal) refuse(refusal);
      settings = next;
      return settings;
    },
    get_vault_settings: () => vault,
    set_vault_settings: ({ change }: { change: Partial<VaultSettings> }) =>
      refusal ? refuse(refusal) : (vault = { ...vault, ...change }),
    default_dns_lookup: () => ({}),
    get_dns_lookup: () => ({ resolvers: [], authoritative_only: false, discovery: [], authoritative_port: 53 }),
    unlock_methods: () => ({ keyring, passphrase: false, recovery_code: true, keyring_problem: null, methods }),
    remove_unlock_method: () => refuse(lastMethod),
    add_keyring: () => ((keyring = true), null),
    set_passphrase: () => null,
  });
});

function show() {
  renderScreen(
    <main tabIndex={-1}>
      <SettingsPage instance={instance} onNewRecoveryCode={() => undefined} />
    </main>,
  );
}

const argsOf = (command: string) => calls.filter((call) => call.command === command).map(({ args }) => args);

describe('SettingsPage', () => {
  it('saves a time once it is whole, and says so', async () => {
    show();
    const field = await screen.findByLabelText('Clipboard time (seconds)');
    await userEvent.clear(field);
    await userEvent.type(field, '3');
    expect(screen.getByText('A whole number from 5 to 600.')).toBeTruthy();
    await userEvent.type(field, '00');
    expect(screen.queryByText('A whole number from 5 to 600.')).toBeNull();
    await screen.findByText('Saved');
    expect(argsOf('set_settings')).toEqual([{ settings: { ...settings, clipboard_seconds: 300 } }]);
  });

  it('keeps what another field saved before', async () => {
    show();
    await userEvent.click(await screen.findByLabelText('Dark'));
    await waitFor(() => expect(settings.theme).toBe('g100'));
    const field = screen.getByLabelText('Reveal time (seconds)');
    await userEvent.clear(field);
    await userEvent.type(field, '20');
    await userEvent.tab();
    await waitFor(() => expect(settings).toMatchObject({ theme: 'g100', reveal_seconds: 20 }));
  });

  it('shows a refusal at its field', async () => {
    show();
    const message = 'This is longer than 60 seconds.';
    refusal = { code: 'bad_request', message, target: { type: 'field', name: 'reveal_seconds' } };
    const field = await screen.findByLabelText('Reveal time (seconds)');
    await userEvent.clear(field);
    await userEvent.type(field, '100');
    await userEvent.tab();
    await screen.findByText(message);
    expect(field.getAttribute('aria-invalid') ?? field.dataset.invalid).toBe('true');
    expect(screen.queryByText('Saved')).toBeNull();
  });

  it('asks before it keeps fewer versions', async () => {
    show();
    const field = await screen.findByLabelText('Versions kept');
    await userEvent.clear(field);
    await userEvent.type(field, '4');
    await userEvent.click(screen.getByRole('button', { name: 'Save Versions kept' }));
    const dialog = await screen.findByRole('dialog', { name: 'Keep only 4 versions?' });
    expect(argsOf('set_vault_settings')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: /Keep fewer/ }));
    await screen.findByText('Saved');
    expect(argsOf('set_vault_settings')).toEqual([{ change: { versions_kept: 4 } }]);
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('asks before it erases expired values sooner, and gives the focus back', async () => {
    show();
    const field = await screen.findByLabelText('Days until an expired value is erased');
    await userEvent.clear(field);
    await userEvent.type(field, '366');
    expect(screen.getByText('A whole number from 1 to 365.')).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, '1{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Erase expired values after 1 day?' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(argsOf('set_vault_settings')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: /^Save Days until/ }));
    await userEvent.click(await screen.findByRole('button', { name: /Erase sooner/ }));
    await screen.findByText('Saved');
    expect(argsOf('set_vault_settings')).toEqual([{ change: { grace_days: 1 } }]);
  });

  it('saves a longer time at once, each field with what the other saved', async () => {
    show();
    const days = await screen.findByLabelText('Days until an expired value is erased');
    await userEvent.clear(days);
    await userEvent.type(days, '90{Enter}');
    await screen.findByText('Saved');
    const kept = screen.getByLabelText('Versions kept');
    await userEvent.clear(kept);
    await userEvent.type(kept, '20{Enter}');
    await waitFor(() =>
      expect(argsOf('set_vault_settings')).toEqual([
        { change: { grace_days: 90 } },
        { change: { versions_kept: 20 } },
      ]),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows at the days what Rust refuses', async () => {
    show();
    const message = 'Expired values are kept for 1 to 365 days.';
    refusal = { code: 'bad_request', message, target: { type: 'field', name: 'grace_days' } };
    const field = await screen.findByLabelText('Days until an expired value is erased');
    await userEvent.clear(field);
    await userEvent.type(field, '300{Enter}');
    await screen.findByText(message);
    expect(screen.queryByText('Saved')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('turns notices of what is due and of orders off, and says when that is not saved', async () => {
    show();
    const toggle = await screen.findByRole('switch', { name: /secrets are due and when orders of public certificates end/ });
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    toggle.focus();
    await userEvent.keyboard(' ');
    await screen.findByText('Saved');
    expect(argsOf('set_settings')).toEqual([{ settings: { ...settings, notify_overdue: false } }]);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    refusal = { code: 'io', message: 'The settings cannot be written.' };
    await userEvent.click(toggle);
    await screen.findByText(refusal.message);
    expect(toggle.getAttribute('aria-checked')).toBe('false');
  });

  it('goes to the methods when the keyring is one of them and its button is gone', async () => {
    keyring = false;
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Add keyring' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Add keyring' })).toBeNull());
    expect(document.activeElement?.contains(screen.getByRole('table', { name: 'Unlock methods' }))).toBe(true);
    expect(document.activeElement).not.toBe(document.body);
  });

  it('shows why an unlock method stays', async () => {
    show();
    const remove = await screen.findByRole('button', { name: 'Remove Recovery code' });
    await userEvent.click(remove);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: /Remove$/ }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain(lastMethod.message);
    expect(argsOf('remove_unlock_method')).toEqual([{ slotId: 'r' }]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(document.activeElement).toBe(remove));
  });

  it('sets a passphrase and forgets it', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'Set passphrase' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Passphrase'), 'correct horse');
    await userEvent.type(within(dialog).getByLabelText('Repeat the passphrase'), 'correct horse{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(argsOf('set_passphrase')).toEqual([{ passphrase: 'correct horse' }]);
    expect(document.body.innerHTML).not.toContain('correct horse');
  });
});
