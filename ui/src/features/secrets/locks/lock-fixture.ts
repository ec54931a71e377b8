import type { Lock, Page, SecretLocks, VersionAlias, VersionView } from '../../../ipc/bindings';
import { version } from '../secret-fixture';

/** A lock as Rust hands it out, for unit tests. Version 3 is the current one. */
export function lock(name: string, alias: VersionAlias = 'current', over: Partial<Lock> = {}): Lock {
  return {
    name,
    created_at: '2026-01-02T03:04:05Z',
    updated_at: '2026-01-02T03:04:05Z',
    created_by: 'local:jo',
    secret_group_id: 'default',
    secret_id: 'id-db-password',
    secret_version_id: alias === 'current' ? 'version-3' : 'version-2',
    secret_version_alias: alias,
    ...over,
  };
}

/** The versions of a secret with these locks. */
export function lockedVersions(locks: readonly Lock[]): VersionView[] {
  return [3, 2, 1].map((number) => {
    const made = version(number);
    made.locks_total = locks.filter(({ secret_version_id }) => secret_version_id === made.metadata.id).length;
    if (number === 3) made.metadata.alias = 'current';
    else if (number === 2) made.metadata.alias = 'previous';
    else made.lock_hindrance = 'Only the current and the previous version can be locked.';
    return made;
  });
}

/** What comes back when locks were created or deleted. */
export function summary(locks: readonly Lock[], over: Partial<SecretLocks> = {}): SecretLocks {
  const on = (alias: VersionAlias, number: number) => ({
    version_id: `version-${number}`,
    version_alias: alias,
    locks: locks.filter(({ secret_version_alias }) => secret_version_alias === alias).map(({ name }) => name),
    payload_available: true,
  });
  return {
    secret_id: 'id-db-password',
    secret_group_id: 'default',
    secret_type: 'arbitrary',
    secret_name: 'db-password',
    versions: [on('current', 3), on('previous', 2)],
    ...over,
  };
}

export function lockPageOf(locks: readonly Lock[], offset: number, limit: number): Page<Lock> {
  return { items: locks.slice(offset, offset + limit), total_count: locks.length, offset, limit };
}
