import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { answerCalls } from '../../../../ipc/testing';
import { renderScreen } from '../../../../components/render-screen';
import { noAutoRotation } from '../../fields/auto-rotation';
import { noExpiration } from '../../../../components/expiration';
import { secret } from '../../secret-fixture';
import { emptyPassword, passwordMissing, policyWords, shownPolicy, type PasswordDraft } from './password';
import { PasswordField } from './password-field';
import { AddStep } from './add-step';
import { usernamePassword } from './username-password';

const entered = {
  username: 'report',
  password: { ...emptyPassword, source: 'enter' as const, text: 'report1' },
  rotation: noAutoRotation,
  expiration: noExpiration,
};

function Field({ onChange = () => undefined }: { onChange?: (password: PasswordDraft) => void }) {
  const [password, setPassword] = useState(emptyPassword);
  const change = (next: PasswordDraft) => {
    setPassword(next);
    onChange(next);
  };
  return <PasswordField password={password} onChange={change} error={passwordProblem(password)} />;
}

function passwordProblem(password: PasswordDraft) {
  const missing = passwordMissing(password);
  return missing && { code: 'bad_request', message: missing.message, target: { name: missing.field } };
}

describe('user credentials', () => {
  it('generates as one chooses, and says so before anything is added', async () => {
    const seen: PasswordDraft[] = [];
    renderScreen(<Field onChange={(password) => seen.push(password)} />);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Symbols' }));
    const length = screen.getByRole('spinbutton', { name: 'Length' });
    await userEvent.clear(length);
    await userEvent.type(length, '20');
    await userEvent.type(screen.getByRole('textbox', { name: 'Characters to leave out' }), 'O0');
    const latest = seen.at(-1) ?? emptyPassword;
    expect(policyWords(shownPolicy(latest))).toBe(
      'Generated, 20 characters: lower-case letters, upper-case letters and digits, without O0',
    );
    expect(passwordMissing(latest)).toBeNull();
  });

  it('names the limits of a length and of a password', async () => {
    renderScreen(<Field />);
    const length = screen.getByRole('spinbutton', { name: 'Length' });
    await userEvent.clear(length);
    await userEvent.type(length, '11');
    expect(screen.getAllByText(/12 to 256 characters/).length).toBeGreaterThan(0);
    await userEvent.click(screen.getByRole('tab', { name: 'Enter a password' }));
    const password = screen.getByLabelText('New password');
    expect(password.getAttribute('type')).toBe('password');
    await userEvent.type(password, '12345');
    expect(screen.getByText('A password has 6 to 256 characters.')).toBeTruthy();
    await userEvent.type(password, '6');
    expect(screen.queryByText('A password has 6 to 256 characters.')).toBeNull();
  });

  it('says how hard a typed password is to guess, also for who knows the user name', async () => {
    const calls = answerCalls({ estimate_password: () => ({ score: 1, guesses_log10: 4 }) });
    renderScreen(<AddStep draft={entered} onChange={() => undefined} error={null} />);
    expect(await screen.findByText(/Weak: about 10\^4 guesses/)).toBeTruthy();
    expect(calls).toEqual([{ command: 'estimate_password', args: { text: 'report1', known: ['report'] } }]);
  });

  it('takes an entered password whatever was chosen for generating', () => {
    const policy = { ...shownPolicy(emptyPassword), length: 5 };
    const draft = { ...entered, password: { ...entered.password, policy } };
    expect(usernamePassword.add.missing(draft)).toBeNull();
    expect(usernamePassword.add.form(draft)).toMatchObject({ password_generation_policy: { length: 32 } });
  });

  it('follows what is remembered for the secret, and sends only what was touched', () => {
    const policy = { length: 40, include_digits: false };
    const metadata = {
      ...secret('db').metadata,
      secret_type: 'username_password' as const,
      rotation: { auto_rotate: false },
      password_generation_policy: policy,
    };
    const { rotation } = usernamePassword;
    const follow = (draft: unknown) => rotation.follow?.(draft, metadata) as PasswordDraft;
    const draft = follow(rotation.empty);
    expect(shownPolicy(draft)).toMatchObject({ length: 40, include_digits: false, include_symbols: true });
    expect(rotation.filled(draft)).toBe(false);
    expect(rotation.form(draft)).toMatchObject({ password: null, password_generation_policy: null });
    const touched = follow({ ...draft, policy: { ...draft.before, length: 20 } });
    expect(rotation.filled(touched)).toBe(true);
    expect(rotation.form(touched)).toMatchObject({ password_generation_policy: { length: 20 } });
    const entered = { ...draft, source: 'enter', text: 'hunter2' };
    expect(usernamePassword.rotation.form(entered)).toEqual({
      secret_type: 'username_password',
      password: 'hunter2',
      password_generation_policy: null,
    });
  });
});
