//! `delete_secret_locks_bulk`, `delete_secret_version_locks_bulk`.

use keyturn_api::{Action, Caller, Problem, Result, SecretLocks, VersionRef, fields};
use uuid::Uuid;

use super::{note, read, summary};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{ChangeKind, LocksRecord, SecretRecord},
    secrets,
    versions::locate,
};

/// Of one version or of all; without names all locks go.
pub(crate) async fn delete(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: Option<&VersionRef>,
    names: Option<&[String]>,
) -> Result<SecretLocks> {
    caller.may(Action::SecretLocksDelete)?;
    if names.is_some_and(|names| names.len() > fields::LOCKS) {
        return Err(Problem::field("name", "At most 1,000 locks can be named."));
    }
    loop {
        let now = vault.now();
        let mut found = secrets::find(vault, caller, id)?;
        let entries = match version {
            Some(version) => vec![locate(vault, id, &found.record, version)?.entry],
            None => found.record.versions.clone(),
        };
        let mut write = Write::new(Entry::new(Action::SecretLocksDelete, caller, id, now));
        write.expect(SecretRecord::key(id), Some(found.revision));
        let before = found.record.locks_total();
        for entry in entries {
            let mut locks = read(vault, &found, &entry)?;
            let had = locks.count();
            locks.remove(names);
            let (left, key) = (locks.count(), LocksRecord::key(&entry.serial));
            found.record.set_locks(entry.number, left);
            if left == 0 && had > 0 {
                write.delete(key);
            } else if left < had {
                write.put(key, locks.seal(vault.keys(), id, entry.number));
            }
        }
        if found.record.locks_total() == before {
            return summary(vault, &found);
        }
        note(&mut found.record, ChangeKind::Unlocked, caller, now);
        write.put(SecretRecord::key(id), found.record.seal(vault.keys(), id));
        write.index_put(id, &found.record);
        match vault.write(write).await {
            Ok(_) => return summary(vault, &secrets::find(vault, caller, id)?),
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}
