import { render, screen } from '@testing-library/react';
import { userEvent as everyone } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActiveInstance, NewVaultForm, Problem, RecoveryAnswer } from '../ipc/bindings';
import { answerCalls, refuse, type Call } from '../ipc/testing';
import { App } from './app';

const groups = ['A3KD', '9QXM', '2WHT', 'PB7R'];
const noKeyring: Problem = { code: 'keyring_absent', message: 'This session has no keyring.' };

let active: ActiveInstance | null;
let calls: Call[];
const userEvent = everyone.setup({ delay: null });

beforeEach(() => {
  window.location.hash = '';
  active = null;
  calls = answerCalls({
    app_status: () => {
      const row = active && { ...active, location: 'This computer', status: 'active', secrets: 0, attention: null, ask_for_key: false };
      return { instances: row ? [row] : [], active, product_version: '0.1.0' };
    },
    get_settings: () => ({ theme: 'system', auto_lock_minutes: 10, clipboard_seconds: 30, reveal_seconds: 15 }),
    touch: () => null,
    create_vault: ({ form }: { form: NewVaultForm }) => {
      if (form.keyring) refuse(noKeyring);
      const kind = form.sample ? 'sample' : 'local';
      active = { id: '1', name: form.name, kind, unlocked: true, recovery_confirmed: form.sample, color: 0, remote: null, offline: null };
      return { id: '1', recovery: form.sample ? null : { groups, ask: [0, 2] } };
    },
    confirm_recovery_code: ({ answers }: { answers: RecoveryAnswer[] }) => {
      const wrong = answers.find(({ index, text }) => groups[index] !== text.toUpperCase());
      if (wrong) refuse(refusalOf(wrong));
      if (active) active = { ...active, recovery_confirmed: true };
      return null;
    },
    load_list_state: () => null,
    save_list_state: () => null,
    list_labels: () => [],
    list_secrets: () => ({ items: [], total_count: 0, offset: 0, limit: 50 }),
  });
});

function refusalOf({ index }: RecoveryAnswer): Problem {
  return {
    code: 'wrong_key',
    message: `Group ${index + 1} is not as it was shown.`,
    target: { type: 'field', name: 'recovery_code' },
  };
}

async function press(name: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
}

describe('first start', () => {
  it('goes from nothing to an open vault, without a keyring and with the code written down', async () => {
    render(<App />);
    await press('Create a vault on this computer');
    await userEvent.clear(await screen.findByLabelText('Name of the vault'));
    await userEvent.keyboard('Production');
    await press('Create vault');

    await screen.findByText(/No vault was created/);
    await press('Continue with a passphrase');
    const passphrase = screen.getByLabelText<HTMLInputElement>('Passphrase', { selector: 'input[type=password]' });
    expect(document.activeElement).toBe(passphrase);
    await userEvent.keyboard('too short{Enter}');
    expect(screen.getByText('A passphrase has at least 10 characters.')).toBeTruthy();

    await userEvent.clear(passphrase);
    await userEvent.type(passphrase, 'correct horse battery');
    await userEvent.type(screen.getByLabelText('Repeat the passphrase'), 'correct horse{Enter}');
    expect(screen.getByText('This is not the same passphrase.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Repeat the passphrase'), ' battery{Enter}');

    const code = await screen.findByRole('list', { name: 'Recovery code' });
    expect(code.textContent).toBe('1A3KD29QXM32WHT4PB7R');
    expect(document.body.innerHTML).not.toContain('correct horse');
    await press('I wrote it down');

    expect(document.activeElement).toBe(screen.getByLabelText('Group 1'));
    await userEvent.keyboard('a3kd{Tab}2WHX{Enter}');
    await screen.findByText('Group 3 is not as it was shown.');
    expect(document.activeElement).toBe(screen.getByLabelText('Group 3'));
    expect(screen.getByLabelText('Group 1').getAttribute('aria-invalid')).toBeNull();
    await userEvent.keyboard('2wht{Enter}');

    await screen.findByRole('heading', { level: 1, name: 'Secrets' });
    expect(screen.getByRole('group', { name: 'Active instance' }).textContent).toContain('Production');
    expect(screen.queryByText(/Only the keyring/)).toBeNull();
    expect(document.body.innerHTML).not.toContain('2WHT');
    const created = calls.filter(({ command }) => command === 'create_vault');
    expect(created.map(({ args }) => args)).toEqual([
      { form: { name: 'Production', sample: false, keyring: true, passphrase: null } },
      { form: { name: 'Production', sample: false, keyring: false, passphrase: 'correct horse battery' } },
    ]);
  });

  it('keeps reminding of a recovery code that was put off', async () => {
    render(<App />);
    await press('Create a vault on this computer');
    await userEvent.click(await screen.findByLabelText('Keyring of this computer'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Create vault' }).disabled).toBe(true);
    await userEvent.click(screen.getByLabelText('Passphrase'));
    await userEvent.keyboard('correct horse battery{Tab}{Tab}correct horse battery{Enter}');
    await press('Do this later');
    await screen.findByRole('heading', { level: 1, name: 'Secrets' });
    expect(screen.getByRole('button', { name: 'Finish setting up the recovery code' })).toBeTruthy();
  });

  it('marks sample data as such', async () => {
    render(<App />);
    await press('Look around with sample data');
    await screen.findByRole('heading', { level: 1, name: 'Secrets' });
    expect(screen.getByRole('group', { name: 'Active instance' }).textContent).toMatch(/Sample data.*Sample data/);
    expect(screen.queryByText(/Only the keyring/)).toBeNull();
  });
});
