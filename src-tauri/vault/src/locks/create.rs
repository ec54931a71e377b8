//! `create_secret_locks_bulk`, `create_secret_version_locks_bulk`: all locks or none, in one commit.

use keyturn_api::{
    Action, Caller, LockMode, NewLock, NewLocks, Result, SecretLocks, Timestamp, VersionAlias,
    VersionRef, lock,
};
use uuid::Uuid;

use super::{note, read, refused, summary};
use crate::{
    audit::Entry,
    iam,
    opened::{Opened, Write, WriteError},
    records::{
        ChangeKind, LockRecord, LocksRecord, SecretRecord, VersionEntry, alias, lock_hindrance,
        value_key,
    },
    rotation::iam_credentials::is_leased,
    secrets::{self, Found, kept_metadata},
    versions::{check_active, load, locate},
};

pub(crate) async fn create(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    new: NewLocks,
) -> Result<SecretLocks> {
    caller.may(Action::SecretLocksCreate)?;
    new.check()?;
    vault.require_recovery()?;
    loop {
        let now = vault.now();
        let mut found = secrets::find(vault, caller, id)?;
        check_active(&found.record, now)?;
        let entry = locate(vault, id, &found.record, version)?.entry;
        let alias = alias(&found.record, entry.number);
        let readable = entry.has_value || is_leased(&found.record);
        if let Some(reason) = lock_hindrance(alias, readable) {
            return Err(refused(reason));
        }
        let revision = found.revision;
        let destroys = new.mode == Some(LockMode::RemovePreviousAndDelete);
        let mut audit = Entry::new(Action::SecretLocksCreate, caller, id, now);
        if destroys {
            audit = audit.told_as("secret-locks.create, secret-version-data.delete");
        }
        let mut write = Write::new(audit);
        write.expect(SecretRecord::key(id), Some(revision));
        if let (Some(VersionAlias::Current), Some(mode)) = (alias, new.mode) {
            clear_previous(vault, &mut found, &new.locks, mode, &mut write)?;
        }
        let mut locks = read(vault, &found, &entry)?;
        for new in &new.locks {
            locks.put(made(new, caller, now));
        }
        found.record.set_locks(entry.number, locks.count());
        let total = found.record.locks_total() as usize;
        if total > keyturn_api::fields::LOCKS {
            return Err(lock::too_many(total));
        }
        if !new.locks.is_empty() {
            let sealed = locks.seal(vault.keys(), id, entry.number);
            write.put(LocksRecord::key(&entry.serial), sealed);
        }
        note(&mut found.record, ChangeKind::Locked, caller, now);
        write.put(SecretRecord::key(id), found.record.seal(vault.keys(), id));
        write.index_put(id, &found.record);
        match vault.write(write).await {
            Ok(_) => return summary(vault, &secrets::find(vault, caller, id)?),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Takes locks of the same names off the previous version and, if asked for and none is left
/// there, its value.
fn clear_previous(
    vault: &Opened,
    found: &mut Found,
    names: &[NewLock],
    mode: LockMode,
    write: &mut Write,
) -> Result<()> {
    let Some(previous) = found.record.previous().cloned() else {
        return Ok(());
    };
    let names: Vec<String> = names.iter().map(|lock| lock.name.clone()).collect();
    let mut locks = read(vault, found, &previous)?;
    let before = locks.count();
    locks.remove(Some(&names));
    let (left, key) = (locks.count(), LocksRecord::key(&previous.serial));
    found.record.set_locks(previous.number, left);
    if left == 0 && before > 0 {
        write.delete(key);
    } else if left < before {
        write.put(key, locks.seal(vault.keys(), found.id, previous.number));
    }
    if mode == LockMode::RemovePreviousAndDelete && left == 0 && previous.has_value {
        write.delete(value_key(&previous.serial));
        release_key(vault, found, &previous, write)?;
        let number = previous.number;
        for entry in &mut found.record.versions {
            entry.has_value &= entry.number != number;
        }
    }
    Ok(())
}

/// The key of a version whose data is deleted goes in IAM as well, unless the current version has the
/// same one.
fn release_key(
    vault: &Opened,
    found: &Found,
    version: &VersionEntry,
    write: &mut Write,
) -> Result<()> {
    let key_of = |entry| load(vault, found.id, entry).map(|located| located.record.credential);
    let Some(key) = key_of(version)? else {
        return Ok(());
    };
    let current = found.record.current().map(key_of).transpose()?.flatten();
    if current.is_some_and(|current| current.marker == key.marker) {
        return Ok(());
    }
    iam::release(vault, Uuid::from_bytes(key.marker), write)
}

fn made(new: &NewLock, caller: &Caller, now: Timestamp) -> LockRecord {
    LockRecord {
        name: new.name.clone(),
        description: new.description.clone().filter(|text| !text.is_empty()),
        attributes: new.attributes.clone().and_then(kept_metadata),
        created_at: now.millis(),
        updated_at: now.millis(),
        created_by: caller.id.clone(),
    }
}
