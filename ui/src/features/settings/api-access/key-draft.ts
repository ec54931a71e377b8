import { dayIn, expirationAt, expirationFault } from '../../../components/expiration';
import type { NewApiKey, Problem, Role } from '../../../ipc/bindings';
import { fieldProblem } from '../../../ipc/problem';

/** How long a key lives: for ever, so many days, or until a day. */
export type Life = 'never' | '30' | '90' | '365' | 'date';

/** An API key while it is entered. */
export type KeyDraft = {
  name: string;
  role: Role;
  where: 'instance' | 'groups';
  groups: readonly string[];
  life: Life;
  /** `YYYY-MM-DD`, for the life that ends on a date. */
  day: string;
};

/** The least that is of use, and an end, for what nobody renews is forgotten. */
export const blankKey: KeyDraft = {
  name: '',
  role: 'Reader',
  where: 'instance',
  groups: [],
  life: '90',
  day: '',
};

export const lives: readonly { life: Life; label: string }[] = [
  { life: 'never', label: 'Never' },
  { life: '30', label: 'In 30 days' },
  { life: '90', label: 'In 90 days' },
  { life: '365', label: 'In 365 days' },
  { life: 'date', label: 'On a date' },
];

/** As it is sent. */
export function newKey({ name, role, where, groups, life, day }: KeyDraft): NewApiKey {
  return {
    name: name.trim(),
    role,
    groups: where === 'groups' ? [...groups] : null,
    expires_at: endOf(life, day),
  };
}

/** Why it is not sent: what only the page can tell. */
export function keyFault({ where, groups, life, day }: KeyDraft): Problem | null {
  if (where === 'groups' && groups.length === 0) return fieldProblem('groups', 'Choose at least one secret group.');
  const fault = life === 'date' ? expirationFault({ on: true, day }) : null;
  return fault === null ? null : fieldProblem('expires_at', fault);
}

/** The end of the last day. */
function endOf(life: Life, day: string): string | null {
  if (life === 'never') return null;
  return expirationAt({ on: true, day: life === 'date' ? day : dayIn(Number(life)) });
}
