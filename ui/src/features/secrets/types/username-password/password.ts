import type { PasswordGenerationPolicy } from '../../../../ipc/bindings';
import { characterCount } from '../../../../components/amounts';
import { textFault } from '../../../../components/text-fault';
import type { Missing } from '../secret-type';

/** How passwords are generated, with nothing left to defaults. */
export type Policy = Required<PasswordGenerationPolicy>;

/** A password while it is chosen. What was entered the other way is kept until the form is left. */
export type PasswordDraft = {
  source: 'generate' | 'enter';
  text: string;
  /** How to generate from now on; `null` as long as nobody touched it. */
  policy: Policy | null;
  /** How it was generated so far. */
  before: Policy;
};

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

export const emptyPassword: PasswordDraft = { source: 'generate', text: '', policy: null, before: defaultPolicy };

/** The policy of a secret, with nothing left to defaults. */
export function wholePolicy(policy: PasswordGenerationPolicy): Policy {
  return { ...defaultPolicy, ...policy };
}

/** The policy as the fields show it. */
export function shownPolicy({ policy, before }: PasswordDraft): Policy {
  return policy ?? before;
}

/** Whether anything was entered that would be a loss. */
export function passwordFilled({ text, policy }: PasswordDraft): boolean {
  return text !== '' || policy !== null;
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

export function passwordMissing(password: PasswordDraft): Missing {
  const generate = password.source === 'generate';
  const message = generate ? lengthFault(shownPolicy(password)) : enteredFault(password.text);
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
