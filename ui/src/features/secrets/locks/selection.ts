import type { Lock, VersionAlias, VersionView } from '../../../ipc/bindings';
import { versionOf, type LockCounts } from './lock-facts';

/** Locks of one version that are to be deleted. Named by the id, as a rotation moves the alias. */
export type LockGroup = { version: string; alias: VersionAlias; names: string[] | null; total: number };

/** Chosen locks, over all pages. */
export type Selection = ReadonlyMap<string, Lock>;

export const noSelection: Selection = new Map();

/** A name is unique on its version only. */
export function lockKey({ secret_version_id, name }: Lock): string {
  return `${secret_version_id}/${name}`;
}

export function chosen(selection: Selection, locks: readonly Lock[], choose: boolean): Selection {
  const next = new Map(selection);
  for (const lock of locks) {
    if (choose) next.set(lockKey(lock), lock);
    else next.delete(lockKey(lock));
  }
  return next;
}

/** Locks by their version, the previous one first: it is what a rotation waits for. */
export function grouped(locks: Iterable<Lock>): LockGroup[] {
  const groups = new Map<string, LockGroup & { names: string[] }>();
  for (const { name, secret_version_id: version, secret_version_alias: alias } of locks) {
    const group = groups.get(version) ?? { version, alias, names: [], total: 0 };
    group.names.push(name);
    group.total += 1;
    groups.set(version, group);
  }
  return [...groups.values()].sort((a, b) => b.alias.localeCompare(a.alias));
}

/** All locks of a version, also those on no page that was looked at. */
export function allOf(versions: readonly VersionView[], alias: VersionAlias): LockGroup[] {
  const version = versionOf(versions, alias);
  return version ? [{ version: version.metadata.id, alias, names: null, total: version.locks_total }] : [];
}

export function countGroups(groups: readonly LockGroup[]): LockCounts {
  const on = (alias: VersionAlias) =>
    groups.filter((group) => group.alias === alias).reduce((sum, { total }) => sum + total, 0);
  return { current: on('current'), previous: on('previous') };
}
