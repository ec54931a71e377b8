import type { LockMode, SecretLocks } from '../../../ipc/bindings';
import { lockWords } from './lock-facts';
import type { LockGroup } from './selection';

type Told = { title: string; subtitle: string };

function named(names: readonly string[] | null, total: number): string {
  return names?.length === 1 ? `the lock ${names.join()}` : lockWords(total);
}

/** What is told of created locks, by what came back. */
export function createdToast(names: readonly string[], version: string, mode: LockMode | null, now: SecretLocks): Told {
  const locked = now.versions.find(({ version_id }) => version_id === version);
  const previous = now.versions.find(({ version_alias }) => version_alias === 'previous');
  const sentences: string[] = [];
  if (locked) sentences.push(`The ${locked.version_alias} version of ${now.secret_name} has ${lockWords(locked.locks.length)} now.`);
  if (mode && previous)
    sentences.push(previous.locks.length === 0 ? 'The previous version has none.' : `The previous version has ${previous.locks.length}.`);
  if (mode === 'remove_previous_and_delete' && previous)
    sentences.push(previous.payload_available ? 'Its value is still kept.' : 'Its value is deleted.');
  return { title: `Created ${named(names, names.length)}`, subtitle: sentences.join(' ') };
}

/** What is told of deleted locks, by what came back. */
export function deletedToast(groups: readonly LockGroup[], held: boolean, now: SecretLocks): Told {
  const [first, ...others] = groups;
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const title = `Deleted ${named(others.length === 0 ? (first?.names ?? null) : null, total)}`;
  const locks = now.versions.reduce((sum, version) => sum + version.locks.length, 0);
  if (locks === 0 && held) return { title, subtitle: `${now.secret_name} has no locks now and is destroyed.` };
  if (locks === 0) return { title, subtitle: `${now.secret_name} has no locks now.` };
  const previous = now.versions.find(({ version_alias }) => version_alias === 'previous');
  const free = previous?.locks.length === 0 && groups.some(({ alias }) => alias === 'previous');
  return {
    title,
    subtitle: free ? 'The next rotation can pass.' : `${now.secret_name} has ${lockWords(locks)} now.`,
  };
}
