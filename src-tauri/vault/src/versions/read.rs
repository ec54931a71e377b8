//! `get_secret_version` and its metadata. Reading a value is recorded before the value leaves.

use keyturn_api::{
    Action, Caller, Code, Plaintext, Problem, Result, Revision, Surface, Version, VersionRef,
    VersionView,
};
use uuid::Uuid;

use super::{check_active, locate};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{Reads, SecretRecord, VersionEntry, open_value, value_key},
    rotation,
    secrets::{self, Found},
};

/// Everything but the value.
pub(crate) fn metadata(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
) -> Result<VersionView> {
    caller.may(Action::SecretVersionMetadataRead)?;
    let found = secrets::find(vault, caller, id)?;
    let located = locate(vault, id, &found.record, version)?;
    let reads = secrets::reads(vault, id)?;
    Ok(located.view(id, &found.record, &reads, vault.now()))
}

/// With the value. `action` is the one that is asked for and recorded.
pub(crate) async fn read(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
    action: Action,
) -> Result<Version> {
    caller.may(action)?;
    let found = secrets::find(vault, caller, id)?;
    check_active(&found.record, vault.now())?;
    let located = locate(vault, id, &found.record, version)?;
    let value = open_payload(vault, id, &located.entry)?;
    let reads = noted(vault, caller, &found, located.entry.number, action).await?;
    let rules = rotation::of(found.record.secret_type())?;
    Ok(Version {
        view: located.view(id, &found.record, &reads, vault.now()),
        payload: Some(rules.payload(&found.record, value)),
        revision: Revision(found.revision.to_string()),
    })
}

/// Records the read: of programs within a second after the answer, else before the value leaves.
async fn noted(
    vault: &Opened,
    caller: &Caller,
    found: &Found,
    number: u32,
    action: Action,
) -> Result<Reads> {
    let now = vault.now();
    if caller.surface != Surface::Api || !vault.note_read(caller, found.id, number, action, now) {
        return record_read(vault, caller, found, number, action).await;
    }
    secrets::reads(vault, found.id)
}

/// The value of a version, as long as it is kept.
pub(crate) fn open_payload(vault: &Opened, id: Uuid, entry: &VersionEntry) -> Result<Plaintext> {
    let gone = || {
        Problem::new(
            Code::ValueGone,
            format!("The value of version {} is no longer kept.", entry.number),
        )
        .remedy("Settings tell how many versions keep their value.")
    };
    if !entry.has_value {
        return Err(gone());
    }
    let row = vault.get(&value_key(&entry.serial))?.ok_or_else(gone)?;
    open_value(vault.keys(), id, entry.number, &row.value)
}

/// Records that a value is read, before it leaves. Where the vault cannot be written (a full disk,
/// another program that holds it) the value is given out all the same, for it may be the only copy
/// its owner has, and the record follows later.
pub(super) async fn record_read(
    vault: &Opened,
    caller: &Caller,
    found: &Found,
    number: u32,
    action: Action,
) -> Result<Reads> {
    let id = found.id;
    let mut secret = found.revision;
    loop {
        let now = vault.now();
        let row = vault.get(&Reads::key(id))?;
        let revision = row.as_ref().map(|row| row.revision);
        // When it was read before is worth less than the value.
        let mut reads = row
            .and_then(|row| Reads::open(vault.keys(), id, &row.value).ok())
            .unwrap_or_default();
        reads.note(number, now);
        let entry = Entry::new(action, caller, id, now);
        let mut write = Write::new(entry.clone());
        write.expect(SecretRecord::key(id), Some(secret)); // not one that was deleted
        write.expect(Reads::key(id), revision);
        write.put(Reads::key(id), reads.seal(vault.keys(), id));
        write.index_read(id, now);
        match vault.write(write).await {
            Ok(_) => return Ok(reads),
            Err(WriteError::Conflict) => secret = secrets::find(vault, caller, id)?.revision,
            Err(WriteError::Failed(problem)) if only_writing_failed(&problem) => {
                vault.record_later(entry);
                return Ok(reads);
            }
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

pub(super) fn only_writing_failed(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::DiskFull | Code::ReadOnly | Code::Busy | Code::Io | Code::Damaged
    )
}
