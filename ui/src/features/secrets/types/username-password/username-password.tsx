import { UserAvatar } from '@carbon/icons-react';
import { characterCount, count } from '../../../../components/amounts';
import { RelativeDate } from '../../../../components/relative-date';
import { noAutoRotation, rotationFault, rotationPolicy, rotationWords, type AutoRotation } from '../../fields/auto-rotation';
import { expirationAt, expirationFault, noExpiration, type ExpirationDraft } from '../../../../components/expiration';
import { secretType, type Missing } from '../secret-type';
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

export type NewCredentials = {
  username: string;
  password: PasswordDraft;
  rotation: AutoRotation;
  expiration: ExpirationDraft;
};

const passwordFields = ['password', 'password_generation_policy'];

/** A user name, and a password that is generated or given. */
export const usernamePassword = secretType<NewCredentials, PasswordDraft>({
  secretType: 'username_password',
  title: 'User credentials',
  description: 'A user name and its password, which Keyturn can generate.',
  icon: UserAvatar,
  expires: true,
  add: {
    empty: { username: '', password: emptyPassword, rotation: noAutoRotation, expiration: noExpiration },
    Body: AddStep,
    fields: ['username', ...passwordFields, 'rotation', 'expiration_date'],
    missing: ({ username, password, rotation, expiration }) => {
      if (username === '') return { field: 'username', message: 'Enter a user name.' };
      return (
        passwordMissing(password) ??
        lacking('rotation', rotationFault(rotation)) ??
        lacking('expiration_date', expirationFault(expiration))
      );
    },
    form: ({ username, password, rotation, expiration }) => ({
      secret_type: 'username_password',
      username,
      password: passwordInput(password),
      expiration_date: expirationAt(expiration),
      rotation: rotationPolicy(rotation),
      // what was chosen for generating says nothing about a password that is entered
      password_generation_policy: password.source === 'generate' ? shownPolicy(password) : defaultPolicy,
    }),
    filled: ({ username, password, rotation, expiration }) =>
      username !== '' || passwordFilled(password) || rotation.on || expiration.on,
    rotatesAlone: ({ rotation }) => rotation.on,
    files: () => [],
    withoutFiles: (draft) => draft,
    review: ({ username, password, rotation, expiration }) => [
      { label: 'User name', value: username },
      {
        label: 'Password',
        value:
          password.source === 'generate'
            ? policyWords(shownPolicy(password))
            : `Entered, ${count(characterCount(password.text))} characters`,
      },
      { label: 'Automatic rotation', value: rotationWords(rotation) },
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
    // a password that is generated is not known before it replaces the current one
    compares: ({ source }) => (source === 'enter' ? 'on-demand' : 'never'),
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

function lacking(field: string, message: string | null): Missing {
  return message === null ? null : { field, message };
}
