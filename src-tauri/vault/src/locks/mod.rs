//! Locks of versions: one use case a file.

mod create;
mod delete;
mod list;

pub(crate) use create::create;
pub(crate) use delete::delete;
pub(crate) use list::{list, list_all};

use keyturn_api::{
    Caller, Lock, Other, Problem, Result, SecretLocks, Timestamp, VersionAlias, VersionLocks,
};

use crate::{
    opened::Opened,
    records::{
        Change, ChangeKind, LockRecord, LocksRecord, SecretRecord, VersionEntry, alias, metadata,
    },
    secrets::Found,
    versions::{Located, load},
};

/// The locks of a version, by name.
pub(crate) fn of_version(vault: &Opened, found: &Found, entry: &VersionEntry) -> Result<Vec<Lock>> {
    if found.record.locks_on(entry.number) == 0 {
        return Ok(Vec::new());
    }
    let alias = alias(&found.record, entry.number).unwrap_or(VersionAlias::Previous);
    let version = load(vault, found.id, entry)?;
    let locks = read(vault, found, entry)?.locks;
    Ok(locks
        .into_iter()
        .map(|lock| view(found, &version, alias, lock))
        .collect())
}

fn view(found: &Found, version: &Located, alias: VersionAlias, lock: LockRecord) -> Lock {
    Lock {
        name: lock.name,
        description: lock.description,
        attributes: metadata(lock.attributes.as_deref()),
        created_at: Timestamp::from_millis(lock.created_at),
        updated_at: Timestamp::from_millis(lock.updated_at),
        created_by: lock.created_by,
        secret_group_id: found.record.group_id(),
        secret_id: found.id.hyphenated().to_string(),
        secret_version_id: version.record.id().hyphenated().to_string(),
        secret_version_alias: alias,
        other: Other::new(),
    }
}

/// The record of a version's locks; empty where there is none.
fn read(vault: &Opened, found: &Found, entry: &VersionEntry) -> Result<LocksRecord> {
    if found.record.locks_on(entry.number) == 0 {
        return Ok(LocksRecord::default());
    }
    let row = vault.get(&LocksRecord::key(&entry.serial))?;
    match row {
        Some(row) => LocksRecord::open(vault.keys(), found.id, entry.number, &row.value),
        None => Ok(LocksRecord::default()),
    }
}

/// Current and previous version with the names of their locks.
fn summary(vault: &Opened, found: &Found) -> Result<SecretLocks> {
    let record = &found.record;
    let now = vault.now();
    let mut versions = Vec::with_capacity(2);
    for entry in record.versions.iter().rev().take(2) {
        let Some(version_alias) = alias(record, entry.number) else {
            continue;
        };
        let locks = read(vault, found, entry)?.locks;
        versions.push(VersionLocks {
            version_id: load(vault, found.id, entry)?
                .record
                .id()
                .hyphenated()
                .to_string(),
            version_alias,
            locks: locks.into_iter().map(|lock| lock.name).collect(),
            payload_available: entry.has_value && record.state(now) == keyturn_api::State::Active,
        });
    }
    Ok(SecretLocks {
        secret_id: found.id.hyphenated().to_string(),
        secret_group_id: record.group_id(),
        secret_type: record.secret_type(),
        secret_name: record.name.clone(),
        versions,
    })
}

/// Notes in the secret's record that its locks changed.
fn note(record: &mut SecretRecord, kind: ChangeKind, caller: &Caller, now: Timestamp) {
    record.updated_at = now.millis();
    record.last_change = Change {
        kind,
        by: caller.id.clone(),
        at: now.millis(),
        fields: None,
    };
}

/// A version that takes no locks, and why.
fn refused(reason: String) -> Problem {
    Problem::field("version", reason)
}
