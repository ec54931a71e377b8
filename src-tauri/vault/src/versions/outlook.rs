//! What a rotation will do, and what is in its way, before anybody clicks.

use std::fmt::Write as _;

use keyturn_api::{Action, Caller, Lock, Result, RotationOutlook};
use uuid::Uuid;

use super::{check_rotates, create::next_number};
use crate::{
    due, locks,
    opened::Opened,
    records::SecretRecord,
    rotation::{self, Making},
    secrets::{self, Found},
};

/// Locks that are named one by one, at most.
const NAMED_LOCKS: usize = 10;

pub(crate) fn outlook(vault: &Opened, caller: &Caller, id: Uuid) -> Result<RotationOutlook> {
    caller.may(Action::SecretMetadataRead)?;
    let found = secrets::find(vault, caller, id)?;
    let hindrance = caller
        .may(Action::SecretVersionCreate)
        .and_then(|()| check_rotates(&found.record, vault.now()))
        .and_then(|()| due::check_previous_unlocked(&found.record))
        .and_then(|()| vault.require_recovery())
        .err();
    let group = found.record.group_id();
    let making = Making {
        vault,
        id,
        group: &group,
        now: vault.now(),
    };
    let rules = rotation::of(found.record.secret_type())?;
    let hindrance = hindrance.or_else(|| rules.check_rotatable(&making, &found.record).err());
    let (blocking_locks, blocking_total) = blocking(vault, &found)?;
    let kept = vault.settings().versions_kept as usize;
    Ok(RotationOutlook {
        effect: rules.effect(&found.record),
        fate: fate(&found.record, kept),
        next_number: next_number(&found.record),
        hindrance,
        locks_move: locks_move(&found.record),
        blocking_total,
        blocking_locks,
        secret: secrets::view(vault, caller, &found)?,
    })
}

fn fate(record: &SecretRecord, kept: usize) -> String {
    let Some(current) = record.current().map(|version| version.number) else {
        return "It becomes the first version, and the secret becomes active.".to_owned();
    };
    let loses = record.versions.len() + 1 - kept.min(record.versions.len() + 1);
    let mut sentence =
        format!("Version {current} becomes the previous version and can be viewed and restored.");
    let losing: Vec<u32> = record.versions[..loses.min(record.versions.len())]
        .iter()
        .filter(|entry| entry.has_value)
        .map(|entry| entry.number)
        .collect();
    if let Some(number) = losing.last() {
        let _ = write!(
            sentence,
            " The value of version {number} is then no longer kept, because this vault keeps the \
             values of {kept} versions."
        );
    }
    sentence
}

/// The locks on the previous version: the first few, and how many there are.
fn blocking(vault: &Opened, found: &Found) -> Result<(Vec<Lock>, u32)> {
    let Some(previous) = found.record.previous().cloned() else {
        return Ok((Vec::new(), 0));
    };
    let mut all = locks::of_version(vault, found, &previous)?;
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    all.truncate(NAMED_LOCKS);
    Ok((all, total))
}

fn locks_move(record: &SecretRecord) -> Option<String> {
    let current = record.current()?.number;
    let (what, until) = match record.locks_on(current) {
        0 => return None,
        1 => ("The lock on the current version moves".to_owned(), "it is"),
        count => (
            format!("The {count} locks on the current version move"),
            "they are",
        ),
    };
    Some(format!(
        "{what} with it to the previous version. The next rotation then waits until {until} removed."
    ))
}
