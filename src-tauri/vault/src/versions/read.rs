//! `get_secret_version` and its metadata. Reading a value is recorded before the value leaves.

use keyturn_api::{
    Action, Caller, Code, Plaintext, Problem, Result, Revision, Surface, Version, VersionAlias,
    VersionRef, VersionView,
};
use uuid::Uuid;

use super::{Located, check_active, locate, located};
use crate::{
    audit::Entry,
    iam,
    opened::{Opened, Write, WriteError},
    records::{Reads, SecretRecord, VersionEntry, VersionRecord, alias, open_value, value_key},
    rotation::{self, iam_credentials::is_leased},
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
    let is_current = alias(&found.record, located.entry.number) == Some(VersionAlias::Current);
    if is_current && is_leased(&found.record) {
        return Ok(iam::lease(vault, caller, &found, action).await?.0);
    }
    check_key(vault, &found, &located)?;
    let value = open_payload(vault, id, &located.entry)?;
    let reads = noted(vault, caller, &found, located.entry.number, action, None).await?;
    version_of(vault, &found, &located, value, &reads)
}

/// The current version of a secret that was found, and when its values were read. What it takes is
/// looked up at once: this is what programs ask for most.
pub(crate) async fn read_current(
    vault: &Opened,
    caller: &Caller,
    found: &Found,
    action: Action,
) -> Result<(Version, Reads)> {
    let id = found.id;
    check_active(&found.record, vault.now())?;
    if is_leased(&found.record) {
        return iam::lease(vault, caller, found, action).await;
    }
    let entry = found.record.current();
    let entry = entry.ok_or_else(|| Problem::not_found("version"))?;
    let (version, value) = (VersionRecord::key(&entry.serial), value_key(&entry.serial));
    let [version, value, reads] = vault.get_all([&version, &value, &Reads::key(id)])?;
    let located = located(vault, id, entry, version)?;
    let value = value
        .filter(|_| entry.has_value)
        .ok_or_else(|| gone(entry))?;
    let value = open_value(vault.keys(), id, entry.number, &value.value)?;
    let reads = secrets::reads_of(vault, id, reads);
    let reads = noted(vault, caller, found, entry.number, action, Some(reads)).await?;
    Ok((version_of(vault, found, &located, value, &reads)?, reads))
}

fn version_of(
    vault: &Opened,
    found: &Found,
    located: &Located,
    value: Plaintext,
    reads: &Reads,
) -> Result<Version> {
    let rules = rotation::of(found.record.secret_type())?;
    Ok(Version {
        view: located.view(found.id, &found.record, reads, vault.now()),
        payload: Some(rules.payload(&found.record, value)),
        revision: Revision(found.revision.to_string()),
    })
}

/// Refuses a value whose API key has come to the end of its time.
fn check_key(vault: &Opened, found: &Found, located: &Located) -> Result<()> {
    let (record, entry) = (&located.record, &located.entry);
    if record.key_lives(&found.record, entry, vault.now()) {
        return Ok(());
    }
    Err(Problem::new(
        Code::ValueGone,
        format!(
            "The API key of version {} has come to the end of its time.",
            entry.number
        ),
    ))
}

fn gone(entry: &VersionEntry) -> Problem {
    Problem::new(
        Code::ValueGone,
        format!("The value of version {} is no longer kept.", entry.number),
    )
    .remedy("Settings tell how many versions keep their value.")
}

/// Records the read: of programs within a second after the answer, else before the value leaves.
/// `known`: what is recorded of reads, where that was looked up already.
async fn noted(
    vault: &Opened,
    caller: &Caller,
    found: &Found,
    number: u32,
    action: Action,
    known: Option<Reads>,
) -> Result<Reads> {
    let now = vault.now();
    if caller.surface != Surface::Api || !vault.note_read(caller, found.id, number, action, now) {
        return record_read(vault, caller, found, number, action).await;
    }
    match known {
        Some(known) => Ok(vault.with_late_reads(found.id, known)),
        None => secrets::reads(vault, found.id),
    }
}

/// The value of a version, as long as it is kept.
pub(crate) fn open_payload(vault: &Opened, id: Uuid, entry: &VersionEntry) -> Result<Plaintext> {
    if !entry.has_value {
        return Err(gone(entry));
    }
    let row = vault.get(&value_key(&entry.serial))?;
    let row = row.ok_or_else(|| gone(entry))?;
    open_value(vault.keys(), id, entry.number, &row.value)
}

/// Records that a value is read, before it leaves. Where the vault cannot be written (a full disk,
/// another program that holds it) the value is given out all the same, for it may be the only copy
/// its owner has, and the record follows later.
pub(crate) async fn record_read(
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
