import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '../../components/render-screen';
import type { ActiveInstance, Code, Problem, UnlockMethods } from '../../ipc/bindings';
import { answerCalls, refuse } from '../../ipc/testing';
import { UnlockPage } from './unlock-page';

const instance: ActiveInstance = {
  id: '1',
  name: 'Production',
  kind: 'local',
  unlocked: false,
  recovery_confirmed: true,
  color: 0,
  remote: null,
  offline: null,
};
const all: UnlockMethods = {
  keyring: true,
  passphrase: true,
  recovery_code: true,
  keyring_problem: null,
  methods: [],
};
const wrong: Problem = {
  code: 'wrong_key',
  message: 'This passphrase does not open the vault.',
  target: { type: 'field', name: 'passphrase' },
};

function show(methods: Partial<UnlockMethods>, refusal?: Problem) {
  const calls = answerCalls({
    unlock_methods: () => ({ ...all, ...methods }),
    unlock_vault: () => (refusal ? refuse(refusal) : { ...instance, unlocked: true }),
    open_instance: () => ({ ...instance, unlocked: true }),
  });
  renderScreen(<UnlockPage instance={instance} listHref="#resource-list" />);
  return () => calls.filter(({ command }) => command === 'unlock_vault').map(({ args }) => args);
}

describe('UnlockPage', () => {
  it('offers the keyring first, and then what helps without it', async () => {
    const tries = show({}, { code: 'keyring_locked', message: 'The keyring is locked.' });
    const button = await screen.findByRole('button', { name: 'Unlock with keyring' });
    expect(document.activeElement).toBe(button);
    await userEvent.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('The keyring is locked.');
    expect(tries()).toEqual([{ id: '1', method: 'keyring', secret: null }]);

    await userEvent.click(screen.getByRole('button', { name: 'Use the passphrase' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase', { selector: 'input' }));
  });

  it.each<[Code, string]>([
    ['keyring_absent', 'This session has no keyring.'],
    ['keyring_no_entry', 'The keyring has no key for this vault.'],
    ['keyring_foreign_key', 'The keyring holds a different key.'],
  ])('says %s and goes on with the passphrase', async (code, message) => {
    const tries = show({ keyring_problem: { code, message } });
    expect((await screen.findByRole('alert')).textContent).toContain(message);
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase', { selector: 'input' }));
    await userEvent.keyboard('correct horse battery{Enter}');
    expect(tries()).toEqual([{ id: '1', method: 'passphrase', secret: 'correct horse battery' }]);
  });

  it('keeps the focus in the field after a wrong passphrase, and types over it', async () => {
    const tries = show({ keyring: false }, wrong);
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase', { selector: 'input' });
    await userEvent.keyboard('wrong one{Enter}');
    await screen.findByText(wrong.message);
    expect(document.activeElement).toBe(field);
    expect(field.autocomplete).toBe('off');
    await userEvent.keyboard('second{Enter}');
    expect(tries()).toHaveLength(2);
    expect(tries()[1]).toMatchObject({ secret: 'second' });
  });

  it('takes the recovery code when that is all there is', async () => {
    const tries = show({ keyring: false, passphrase: false });
    const field = await screen.findByLabelText('Recovery code');
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard('A3KD-9QXM{Enter}');
    expect(tries()).toEqual([{ id: '1', method: 'recovery_code', secret: 'A3KD-9QXM' }]);
    expect(screen.queryByRole('tablist')).toBeNull();
  });

  it('asks once, however often Enter is pressed', async () => {
    const tries = show({ keyring: false });
    await screen.findByLabelText('Passphrase', { selector: 'input' });
    await userEvent.keyboard('correct horse{Enter}{Enter}{Enter}');
    expect(tries()).toHaveLength(1);
  });
});
