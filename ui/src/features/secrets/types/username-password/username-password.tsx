import { UserAvatar } from '@carbon/icons-react';
import { characterCount, count } from '../../../../components/amounts';
import { RelativeDate } from '../../../../components/relative-date';
import { expirationAt, expirationFault, noExpiration, type ExpirationDraft } from '../../fields/expiration';
import { secretType } from '../secret-type';
import { AddStep } from './add-step';
import {
  defaultPolicy,
  emptyPassword,
  passwordFilled,
  passwordInput,
  passwordMissing,
  policyWords,
  shownPolicy,
  wholePolicy,
  type PasswordDraft,
} from './password';
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
    empty: { username: '', password: emptyPassword, expiration: noExpiration },
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
      // what was chosen for generating says nothing about a password that is entered
      password_generation_policy: password.source === 'generate' ? shownPolicy(password) : defaultPolicy,
    }),
    filled: ({ username, password, expiration }) => username !== '' || passwordFilled(password) || expiration.on,
    files: () => [],
    withoutFiles: (draft) => draft,
    review: ({ username, password, expiration }) => [
      { label: 'User name', value: username },
      {
        label: 'Password',
        value:
          password.source === 'generate'
            ? policyWords(shownPolicy(password))
            : `Entered, ${count(characterCount(password.text))} characters`,
      },
      { label: 'Expires', value: <RelativeDate value={expirationAt(expiration)} none="Never" /> },
    ],
  },
  rotation: {
    empty: emptyPassword,
    follow: (password, metadata) => ({
      ...password,
      before:
        metadata.secret_type === 'username_password'
          ? wholePolicy(metadata.password_generation_policy)
          : password.before,
    }),
    Body: RotateBody,
    fields: passwordFields,
    missing: passwordMissing,
    form: (password) => ({
      secret_type: 'username_password',
      password: passwordInput(password),
      password_generation_policy: password.source === 'generate' ? password.policy : null,
    }),
    filled: passwordFilled,
    files: () => [],
    withoutFiles: (draft) => draft,
  },
});
