import { UserAvatar } from '@carbon/icons-react';
import { characterCount, count } from '../../../../components/amounts';
import { RelativeDate } from '../../../../components/relative-date';
import { expirationAt, expirationFault, noExpiration, type ExpirationDraft } from '../../fields/expiration';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import { emptyPassword, passwordInput, passwordMissing, policyWords, type PasswordDraft } from './password';
import { RotateBody } from './rotate-body';

export type NewCredentials = { username: string; password: PasswordDraft; expiration: ExpirationDraft };

const passwordFields = ['password', 'password_generation_policy'];

/** A user name, and a password that is generated or given. */
export const usernamePassword = secretType<NewCredentials, PasswordDraft>({
  secretType: 'username_password',
  title: 'User credentials',
  description: 'A user name and its password, which Keyturn can generate.',
  icon: UserAvatar,
  expires: true,
  add: {
    empty: { username: '', password: emptyPassword(), expiration: noExpiration },
    Body: AddStep,
    fields: ['username', ...passwordFields, 'expiration_date'],
    missing: ({ username, password, expiration }) => {
      if (username === '') return { field: 'username', message: 'Enter a user name.' };
      const fault = expirationFault(expiration);
      return passwordMissing(password) ?? (fault === null ? null : { field: 'expiration_date', message: fault });
    },
    form: ({ username, password, expiration }) => ({
      secret_type: 'username_password',
      username,
      password: passwordInput(password),
      expiration_date: expirationAt(expiration),
      password_generation_policy: password.policy,
    }),
    filled: ({ username, password, expiration }) => username !== '' || password.text !== '' || expiration.on,
    files: () => [],
    withoutFiles: (draft) => draft,
    review: ({ username, password, expiration }) => [
      { label: 'User name', value: username },
      {
        label: 'Password',
        value:
          password.source === 'generate'
            ? policyWords(password.policy)
            : `Entered, ${count(characterCount(password.text))} characters`,
      },
      { label: 'Expires', value: <RelativeDate value={expirationAt(expiration)} none="Never" /> },
    ],
  },
  rotation: {
    empty: emptyPassword(),
    of: (metadata) =>
      emptyPassword(metadata.secret_type === 'username_password' ? metadata.password_generation_policy : {}),
    Body: RotateBody,
    fields: passwordFields,
    missing: passwordMissing,
    form: (password) => ({
      secret_type: 'username_password',
      password: passwordInput(password),
      password_generation_policy: password.source === 'generate' ? password.policy : null,
    }),
    filled: ({ text }) => text !== '',
    files: () => [],
    withoutFiles: (draft) => draft,
  },
});
