import type { SecretView, VersionAlias, VersionView } from '../../../ipc/bindings';
import { count } from '../../../components/amounts';

/** Locks by the version they are on. No other version can have any. */
export type LockCounts = Readonly<Record<VersionAlias, number>>;

export const aliasWords: Readonly<Record<VersionAlias, string>> = { current: 'Current', previous: 'Previous' };

/** Why a secret is active although its date is past, and what comes of it. */
export const heldWords =
  'The expiration date has passed, and only the locks keep the secret readable. When the last lock is deleted, the secret is destroyed.';

export function lockWords(number: number): string {
  return number === 1 ? '1 lock' : `${count(number)} locks`;
}

export function countLocks(versions: readonly VersionView[]): LockCounts {
  const on = (alias: VersionAlias) => versionOf(versions, alias)?.locks_total ?? 0;
  return { current: on('current'), previous: on('previous') };
}

export function versionOf(versions: readonly VersionView[], alias: VersionAlias): VersionView | undefined {
  return versions.find(({ metadata }) => metadata.alias === alias);
}

/** Why a version takes no lock; `null`: it takes one. */
export function lockHindrance(versions: readonly VersionView[], alias: VersionAlias): string | null {
  const version = versionOf(versions, alias);
  if (version) return version.lock_hindrance ?? null;
  return alias === 'previous' ? 'There is no previous version.' : 'There is no current version.';
}

/** What the locks do now, for the secret they are on. */
export function lockEffect({ held_by_locks }: Pick<SecretView, 'held_by_locks'>, locks: LockCounts): string {
  const sentences = held_by_locks ? [heldWords] : [];
  if (locks.previous === 1) sentences.push('The lock on the previous version keeps the secret from being rotated.');
  else if (locks.previous > 0)
    sentences.push(`The ${lockWords(locks.previous)} on the previous version keep the secret from being rotated.`);
  else if (locks.current > 0)
    sentences.push(
      'The secret can be rotated. Its locks then move with the current version, which becomes the previous one, and the rotation after that waits until they are deleted.',
    );
  if (locks.current + locks.previous > 0) sentences.push('As long as there is a lock, the secret cannot be deleted.');
  return sentences.join(' ');
}

/** What comes of it when some of the locks are deleted. */
export function deletionEffect(before: LockCounts, deleted: LockCounts): string {
  const current = before.current - deleted.current;
  const previous = before.previous - deleted.previous;
  const sentences: string[] = [];
  if (previous > 0)
    sentences.push(
      previous === 1
        ? '1 lock stays on the previous version and keeps the secret from being rotated.'
        : `${lockWords(previous)} stay on the previous version and keep the secret from being rotated.`,
    );
  else if (deleted.previous > 0)
    sentences.push('No lock is left on the previous version then, so that the next rotation can pass.');
  if (current + previous === 0) sentences.push('No lock is left at all, so that the secret can be deleted.');
  return sentences.join(' ');
}
