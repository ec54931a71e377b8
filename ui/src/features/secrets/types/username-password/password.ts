import type { PasswordGenerationPolicy } from '../../../../ipc/bindings';
import { characterCount } from '../../../../components/amounts';
import { textFault } from '../../../../components/text-fault';
import type { Missing } from '../secret-type';

/** How passwords are generated, with nothing left to defaults. */
export type Policy = Required<PasswordGenerationPolicy>;

/** A password while it is chosen. What was entered the other way is kept until the form is left. */
export type PasswordDraft = { source: 'generate' | 'enter'; text: string; policy: Policy };

/** As the contract generates where nothing is said. */
export const defaultPolicy: Policy = {
  length: 32,
  include_digits: true,
  include_symbols: true,
  include_uppercase: true,
  exclude_characters: '',
};

export const generatedLength = { shortest: 12, longest: 256 };
// as `PASSWORD_CHARS` of the contract
const enteredLength = { shortest: 6, longest: 256 };

export function emptyPassword(policy: PasswordGenerationPolicy = {}): PasswordDraft {
  return { source: 'generate', text: '', policy: { ...defaultPolicy, ...policy } };
}

/** Why an entered password cannot be taken yet. */
export function enteredFault(text: string): string | null {
  const { shortest, longest } = enteredLength;
  const count = characterCount(text);
  if (count < shortest || count > longest) return `A password has ${shortest} to ${longest} characters.`;
  return textFault('password', text)?.message ?? null;
}

/** Why no password can be generated like this. */
export function lengthFault({ length }: Policy): string | null {
  const { shortest, longest } = generatedLength;
  const fits = Number.isInteger(length) && length >= shortest && length <= longest;
  return fits ? null : `A generated password has ${shortest} to ${longest} characters.`;
}

export function passwordMissing({ source, text, policy }: PasswordDraft): Missing {
  const generate = source === 'generate';
  const message = generate ? lengthFault(policy) : enteredFault(text);
  return message === null ? null : { field: generate ? 'password_generation_policy' : 'password', message };
}

/** `null`: the instance generates one. */
export function passwordInput({ source, text }: PasswordDraft): string | null {
  return source === 'generate' ? null : text;
}

/** What a generated password is made of, in words. */
export function policyWords(policy: Policy): string {
  const classes = [
    'lower-case letters',
    policy.include_uppercase && 'upper-case letters',
    policy.include_digits && 'digits',
    policy.include_symbols && 'symbols',
  ].filter((name) => name !== false);
  const last = classes.pop() ?? '';
  const list = classes.length > 0 ? `${classes.join(', ')} and ${last}` : last;
  const without = policy.exclude_characters ? `, without ${policy.exclude_characters}` : '';
  return `Generated, ${policy.length} characters: ${list}${without}`;
}
