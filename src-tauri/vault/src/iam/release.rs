//! Letting keys go: with their secret, with the data of a version, or before one is restored.

use std::time::Duration;

use keyturn_api::{
    Action, Caller, Code, Problem, Result, Timestamp, VersionAlias, VersionRef, lock,
};
use uuid::Uuid;

use super::remove::try_removal;
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{Change, ChangeKind, CredentialRecord, SecretRecord, Stage, alias, value_key},
    rotation::iam_credentials::{Kept, check_reused},
    secrets,
    versions::{Located, check_active, load, locate},
};

/// Whoever lets a key go waits no longer for IAM.
const PATIENCE: Duration = Duration::from_secs(10);

/// Puts into a write that a key is to be removed in IAM.
pub(crate) fn release(vault: &Opened, marker: Uuid, write: &mut Write) -> Result<()> {
    if let Some((record, revision)) = CredentialRecord::read(vault, marker)? {
        put_released(vault, marker, record, revision, write);
    }
    Ok(())
}

fn put_released(
    vault: &Opened,
    marker: Uuid,
    mut record: CredentialRecord,
    revision: u64,
    write: &mut Write,
) {
    record.set_stage(Stage::Removing);
    record.claim = None;
    record.put(vault.keys(), marker, Some(revision), write);
}

/// The same for all keys of a secret. One that is being made is undone by who makes it.
pub(crate) fn release_all(vault: &Opened, secret: Uuid, write: &mut Write) -> Result<Vec<Uuid>> {
    let all = CredentialRecord::all(vault)?.into_iter();
    let of_secret = all.filter(|(_, record, _)| {
        record.secret == *secret.as_bytes() && record.stage() == Stage::InUse
    });
    let released = of_secret.map(|(marker, record, revision)| {
        put_released(vault, marker, record, revision, write);
        marker
    });
    Ok(released.collect())
}

/// Tries to remove keys that were released, without waiting for the next look. What fails is tried
/// again later.
pub(crate) async fn remove_now(vault: &Opened, markers: &[Uuid]) {
    if tokio::runtime::Handle::try_current().is_err() {
        return;
    }
    let all = async {
        for marker in markers {
            if !try_removal(vault, *marker).await {
                return; // the others would only wait for the same answer
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, all).await;
}

/// `delete_secret_version_data`: the key in force goes at once, here and in IAM.
pub(crate) async fn delete_data(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    version: &VersionRef,
) -> Result<()> {
    caller.may(Action::SecretVersionDataDelete)?;
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        check_active(&found.record, now)?;
        check_reused(&found.record).map_err(|_| {
            Problem::field(
                "id",
                "No value of these credentials is kept that could be deleted.",
            )
        })?;
        let located = locate(vault, id, &found.record, version)?;
        let number = located.entry.number;
        if alias(&found.record, number) != Some(VersionAlias::Current) {
            return Err(Problem::field(
                "id",
                "The data of IAM credentials can be deleted of the current version only.",
            ));
        }
        let mut record = found.record;
        let Some(credential) = located
            .record
            .credential
            .filter(|_| located.entry.has_value)
        else {
            return Err(Problem::new(
                Code::ValueGone,
                "The value of this version is no longer kept.",
            ));
        };
        let mut write = Write::new(Entry::new(Action::SecretVersionDataDelete, caller, id, now));
        write.expect(SecretRecord::key(id), Some(found.revision));
        // a version that was restored has the key of an older one
        for entry in record.versions.clone() {
            let same = load(vault, id, &entry)?.record.credential;
            if !entry.has_value || same.is_none_or(|one| one.marker != credential.marker) {
                continue;
            }
            if record.locks_on(entry.number) > 0 {
                return Err(lock::locked().remedy("Remove its locks first. Nothing was changed."));
            }
            write.delete(value_key(&entry.serial));
            for kept in &mut record.versions {
                kept.has_value &= kept.number != entry.number;
            }
        }
        let marker = Uuid::from_bytes(credential.marker);
        release(vault, marker, &mut write)?;
        record.detail = Kept::read(&record)?.with(None).encode();
        record.updated_at = now.millis();
        record.last_change = Change {
            kind: ChangeKind::Edited,
            by: caller.id.clone(),
            at: now.millis(),
            fields: Some(vec!["secret_data".to_owned()]),
        };
        write.put(SecretRecord::key(id), record.seal(vault.keys(), id));
        write.index_put(id, &record);
        match vault.write(write).await {
            Ok(_) => {
                remove_now(vault, &[marker]).await;
                return Ok(());
            }
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// Refuses to restore a version whose key has ended, with IBM's words.
pub(crate) fn check_restorable(
    record: &SecretRecord,
    located: &Located,
    named: &VersionRef,
    now: Timestamp,
) -> Result<()> {
    check_reused(record)?;
    let lives = located.record.key_lives(record, &located.entry, now);
    if lives && located.entry.has_value {
        return Ok(());
    }
    let name = match named {
        VersionRef::Alias(VersionAlias::Previous) => "previous".to_owned(),
        VersionRef::Alias(VersionAlias::Current) => "current".to_owned(),
        VersionRef::Id(id) => id.clone(),
    };
    Err(Problem::new(
        Code::BadRequest,
        format!("Version {name} is not active."),
    ))
}
