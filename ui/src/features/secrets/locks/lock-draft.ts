import type { LockForm, LockMode, Problem, VersionAlias } from '../../../ipc/bindings';
import { fieldProblem } from '../../../ipc/problem';
import { checkDescription, checkLockName, checkMetadata } from '../fields/checks';

/** A lock as it is filled in. The key is for the page alone. */
export type LockDraft = LockForm & { key: number };

export type LocksDraft = {
  locks: readonly LockDraft[];
  alias: VersionAlias;
  removePrevious: boolean;
  deleteData: boolean;
};

export function emptyLocks(alias: VersionAlias): LocksDraft {
  return { locks: [emptyLock(1)], alias, removePrevious: false, deleteData: false };
}

export function withAnother(draft: LocksDraft): LocksDraft {
  const key = Math.max(...draft.locks.map((lock) => lock.key)) + 1;
  return { ...draft, locks: [...draft.locks, emptyLock(key)] };
}

export function withoutLock(draft: LocksDraft, key: number): LocksDraft {
  return { ...draft, locks: draft.locks.filter((lock) => lock.key !== key) };
}

function emptyLock(key: number): LockDraft {
  return { key, name: '', description: '', attributes: '' };
}

export function isFilled({ locks }: LocksDraft): boolean {
  return locks.some(({ name, description, attributes }) => `${name}${description}${attributes}` !== '');
}

export function lockForms({ locks }: LocksDraft): LockForm[] {
  return locks.map(({ name, description, attributes }) => ({ name, description, attributes }));
}

/** The options concern the previous version, so that they go with a lock on the current one alone. */
export function lockMode({ alias, removePrevious, deleteData }: LocksDraft): LockMode | null {
  if (alias !== 'current' || !removePrevious) return null;
  return deleteData ? 'remove_previous_and_delete' : 'remove_previous';
}

/** What is wrong with a lock among the others of its request. */
export async function checkLock(lock: LockDraft, { locks }: LocksDraft): Promise<Problem | null> {
  const twice = locks.some(({ key, name }) => key !== lock.key && name === lock.name);
  return (
    (await checkLockName(lock.name)) ??
    (twice ? fieldProblem('name', `The lock ${lock.name} stands there twice.`) : null) ??
    (await checkDescription(lock.description)) ??
    (await checkMetadata('attributes', lock.attributes))
  );
}
