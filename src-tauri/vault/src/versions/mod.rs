//! Versions: one use case a file.

mod certificate;
mod compare;
mod create;
mod list;
mod outlook;
mod read;
mod revoke;
mod update;

pub(crate) use certificate::certificate;
pub(crate) use compare::{masked as compare, shown as compare_shown};
pub(crate) use create::{create, rotation_write};
pub(crate) use list::list;
pub(crate) use outlook::outlook;
pub(crate) use read::{metadata, open_payload, read, read_current, record_read};
pub(crate) use revoke::revoke;
pub(crate) use update::update;

use keyturn_api::{
    Code, Problem, Result, Revision, SecretPatch, State, Timestamp, VersionRef, VersionView, fields,
};
use uuid::Uuid;

use crate::{
    opened::Opened,
    records::{ChangeKind, Reads, SecretRecord, VersionEntry, VersionRecord, alias, value_key},
    rotation,
    secrets::Found,
    store::Row,
};

/// Refuses if the secret is not as it was when the caller read it, and says what was done since.
pub(crate) fn check_revision(
    vault: &Opened,
    found: &Found,
    expect: Option<&Revision>,
) -> Result<()> {
    let Some(seen) = expect.filter(|revision| revision.0 != found.revision.to_string()) else {
        return Ok(());
    };
    let change = &found.record.last_change;
    let fields = change.fields.as_deref().unwrap_or_default().join(", ");
    let mut what = match change.kind {
        ChangeKind::Created => "created".to_owned(),
        ChangeKind::Rotated => format!("rotated to version {}", newest(&found.record)),
        ChangeKind::Restored => format!("restored as version {}", newest(&found.record)),
        ChangeKind::Locked => "locked".to_owned(),
        ChangeKind::Unlocked => "unlocked".to_owned(),
        ChangeKind::Edited if fields.is_empty() => "edited".to_owned(),
        ChangeKind::Edited => format!("edited ({fields})"),
        ChangeKind::Other(_) => "changed".to_owned(),
    };
    // An edit must not hide a rotation before it.
    let rotated = matches!(change.kind, ChangeKind::Rotated | ChangeKind::Restored);
    if !rotated && rotated_since(vault, &found.record, seen)? {
        what = format!("rotated to version {} and {what}", newest(&found.record));
    }
    let (by, at) = (&change.by, Timestamp::from_millis(change.at));
    Err(Problem::new(
        Code::Conflict,
        format!("The secret was {what} by {by} at {at}, after you opened it. Nothing was changed."),
    )
    .remedy("Look at the change, then decide again."))
}

/// Whether the current version was made after a revision: its value is written once.
fn rotated_since(vault: &Opened, record: &SecretRecord, seen: &Revision) -> Result<bool> {
    let (Ok(seen), Some(current)) = (seen.0.parse::<u64>(), record.current()) else {
        return Ok(false);
    };
    let row = vault.get(&value_key(&current.serial))?;
    Ok(row.is_some_and(|row| row.revision > seen))
}

fn newest(record: &SecretRecord) -> u32 {
    record.current().map_or(0, |version| version.number)
}

/// Only deletion is left for a secret that is not active.
pub(crate) fn check_active(record: &SecretRecord, now: Timestamp) -> Result<()> {
    let message = match record.state(now) {
        State::Active => return Ok(()),
        State::Destroyed => "The secret has expired. Its value is no longer readable.",
        State::PreActivation => "The secret has no value yet.",
        State::Suspended => "The secret is suspended.",
        State::Deactivated => "Creating the secret failed.",
    };
    Err(Problem::new(Code::WrongState, message)
        .remedy("Delete it and create a new one, if it is still needed."))
}

/// Only what is active can be rotated, and what waits for its first value.
pub(crate) fn check_rotates(record: &SecretRecord, now: Timestamp) -> Result<()> {
    let waits = record.state(now) == State::PreActivation
        && rotation::of(record.secret_type())?.starts_empty();
    if waits {
        return Ok(());
    }
    check_active(record, now)
}

/// A destroyed secret does not come back by a later date.
pub(crate) fn expires_again(
    record: &SecretRecord,
    patch: &SecretPatch,
    now: Timestamp,
) -> Result<()> {
    if patch.expiration_date.is_some() {
        check_active(record, now)
    } else {
        Ok(())
    }
}

/// Notes whether the current value is binary, and keeps the label that tells so on the wire.
pub(crate) fn set_binary(record: &mut SecretRecord, binary: bool) -> Result<()> {
    if binary {
        fields::add_base64_label(&mut record.labels)?;
    } else if record.binary {
        record.labels.retain(|label| label != fields::BASE64_LABEL);
    }
    record.binary = binary;
    Ok(())
}

/// A version that was found, with what is known of it.
pub(crate) struct Located {
    pub(crate) entry: VersionEntry,
    pub(crate) revision: u64,
    pub(crate) record: VersionRecord,
}

impl Located {
    /// What faces see.
    pub(crate) fn view(
        &self,
        id: Uuid,
        secret: &SecretRecord,
        reads: &Reads,
        now: Timestamp,
    ) -> VersionView {
        self.record
            .view(id, secret, &self.entry, self.revision, reads, now)
    }
}

/// The version a caller names.
pub(crate) fn locate(
    vault: &Opened,
    id: Uuid,
    secret: &SecretRecord,
    version: &VersionRef,
) -> Result<Located> {
    let unknown = || Problem::not_found("version");
    match version {
        VersionRef::Alias(wanted) => {
            let has = |entry: &&VersionEntry| alias(secret, entry.number) == Some(*wanted);
            let entry = secret.versions.iter().rev().find(has).ok_or_else(unknown)?;
            load(vault, id, entry)
        }
        VersionRef::Id(wanted) => {
            for entry in secret.versions.iter().rev() {
                let located = load(vault, id, entry)?;
                if located.record.id().hyphenated().to_string() == *wanted {
                    return Ok(located);
                }
            }
            Err(unknown())
        }
    }
}

/// What is known of a version that the secret's record lists.
pub(crate) fn load(vault: &Opened, id: Uuid, entry: &VersionEntry) -> Result<Located> {
    let row = vault.get(&VersionRecord::key(&entry.serial))?;
    located(vault, id, entry, row)
}

/// The same from its row.
fn located(vault: &Opened, id: Uuid, entry: &VersionEntry, row: Option<Row>) -> Result<Located> {
    let row = row.ok_or_else(|| Problem::not_found("version"))?;
    let record = VersionRecord::open(vault.keys(), id, entry.number, &row.value)?;
    Ok(Located {
        entry: entry.clone(),
        revision: row.revision,
        record,
    })
}
