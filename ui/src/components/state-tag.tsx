import { preview__IconIndicator as IconIndicator } from '@carbon/react';
import type { ComponentProps } from 'react';

type Shown = { word: string; kind: ComponentProps<typeof IconIndicator>['kind'] };

// API v2 `state`, a NIST SP 800-57 number; there is no 4
const states: Readonly<Record<number, Shown>> = {
  0: { word: 'Pre-activation', kind: 'in-progress' },
  1: { word: 'Active', kind: 'succeeded' },
  2: { word: 'Suspended', kind: 'caution-minor' },
  3: { word: 'Deactivated', kind: 'caution-major' },
  5: { word: 'Destroyed', kind: 'failed' },
};

// past its date, and kept readable by its locks
const heldByLocks: Shown = { word: 'Active, expired but locked', kind: 'caution-minor' };

/** The word for each state, by its number. */
export const stateWords: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(states).map(([number, { word }]) => [number, word]),
);

/**
 * State of a secret: an icon and a word, never colour alone. Carbon's tag would measure itself, which
 * fifty rows feel.
 */
export function StateTag({ state, held = false }: { state: number; held?: boolean }) {
  const { word, kind } = held ? heldByLocks : (states[state] ?? { word: `State ${state}`, kind: 'unknown' });
  return <IconIndicator kind={kind} label={word} />;
}
