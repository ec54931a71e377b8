//! `create_secret_version`: rotation and restore. One commit holds the new version, the secret,
//! what falls off, and the audit record.

use std::sync::Arc;

use keyturn_api::{
    Action, Caller, Code, Metadata, NewVersion, Problem, Result, Revision, SecretType, State,
    Version, VersionRef, fields, version::RotationInput,
};
use uuid::Uuid;

use super::{Located, check_revision, check_rotates, locate, read::open_payload, set_binary};
use crate::{
    acme,
    audit::Entry,
    due, iam,
    opened::{Opened, Write, WriteError},
    records::{
        Change, ChangeKind, REVOKED, Reads, SecretRecord, SettingRecord, VersionEntry,
        VersionRecord, make_serial, seal_value, value_key,
    },
    rotation::{self, Making, Rotated, iam_credentials::Kept},
    secrets::{self, Found},
    settings::VaultSettings,
};

pub(crate) async fn create(
    vault: &Arc<Opened>,
    caller: &Caller,
    id: Uuid,
    new: NewVersion,
    expect: Option<&Revision>,
) -> Result<Version> {
    caller.may(Action::SecretVersionCreate)?;
    new.check()?;
    vault.require_recovery()?;
    if let RotationInput::IamCredentials(_) = &new.input {
        return iam::rotate(vault, caller, id, iam::Wishes::of(&new, expect)).await;
    }
    if let RotationInput::PublicCert(rotation) = &new.input {
        acme::rotate(vault, caller, id, *rotation, &new, expect).await?;
        acme::first_step(vault, id).await;
        // the one in force stays until the order has ended
        let current = VersionRef::CURRENT;
        let view = super::metadata(vault, caller, id, &current)?;
        let revision = secrets::find(vault, caller, id)?.revision;
        return Ok(Version {
            view,
            payload: None,
            revision: Revision(revision.to_string()),
        });
    }
    let secret_metadata = new.custom_metadata;
    let version_metadata = new.version_custom_metadata.and_then(secrets::kept_metadata);
    let (from, mut input) = match new.input {
        RotationInput::Restore { from } => (Some(from), None),
        input => (None, Some(input)),
    };
    let mut made = None;
    let mut again = None;
    loop {
        let now = vault.now();
        let found = secrets::find(vault, caller, id)?;
        check_revision(vault, &found, expect)?;
        check_rotates(&found.record, now)?;
        due::check_previous_unlocked(&found.record)?;
        let rules = rotation::of(found.record.secret_type())?;
        let group = found.record.group_id();
        let making = Making {
            vault,
            id,
            group: &group,
            now,
        };
        let (rotated, restored_from) = if let Some(from) = &from {
            let (restored, located) = restored(&making, &found, from)?;
            (restored, Some(located))
        } else if let Some(rotated) = made.take() {
            (rotated, None)
        } else {
            let input = input
                .take()
                .ok_or_else(|| Problem::field("payload", "No value."))?;
            again = input.again();
            (rules.rotate(&making, &found.record, input)?, None)
        };
        let version = VersionRecord {
            custom_metadata: version_metadata.clone(),
            restored_from: restored_from.as_ref().map(|old| old.entry.number),
            credential: restored_from.and_then(|old| old.record.credential),
            certificate: rotated.certificate.clone(),
            ..VersionRecord::make(caller, &rotated.value, now)
        };
        let (write, record) = rotation_write(
            vault,
            caller,
            found,
            &version,
            secret_metadata.as_ref(),
            &rotated,
        )?;
        match vault.write(write).await {
            Ok(revision) => {
                let payload = rules.payload(&record, rotated.value);
                let entry = record
                    .current()
                    .ok_or_else(|| Problem::not_found("version"))?;
                return Ok(Version {
                    // As it was committed: to read it back could only fail, and make a rotation
                    // that stands look like one that failed. Nobody has read its value yet.
                    view: version.view(id, &record, entry, revision, &Reads::default(), now),
                    payload: Some(payload),
                    revision: Revision(revision.to_string()),
                });
            }
            // Somebody came first: look again, and let the revision decide.
            Err(WriteError::Conflict) => {
                vault.reload_settings()?;
                made = Some(rotated).filter(|made| from.is_none() && made.also.is_empty());
                input = again.take();
            }
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// What an older version brings back, and that version.
fn restored(making: &Making<'_>, found: &Found, from: &VersionRef) -> Result<(Rotated, Located)> {
    let (vault, id, record) = (making.vault, making.id, &found.record);
    let located = locate(vault, id, record, from)?;
    if located.record.is_revoked() {
        return Err(Problem::new(Code::WrongState, REVOKED)
            .remedy("Rotate the secret to get a new one. Nothing was changed."));
    }
    if record.secret_type() == SecretType::IamCredentials {
        iam::check_restorable(record, &located, from, making.now)?;
    }
    let value = open_payload(vault, id, &located.entry)?;
    let rules = rotation::of(record.secret_type())?;
    let mut restored = rules.restore(making, record, value)?;
    if let (Some(new), Some(old)) = (&mut restored.certificate, &located.record.certificate) {
        new.signed_by = old.signed_by;
    }
    if let Some(key) = &located.record.credential {
        restored.detail = Some(Kept::read(record)?.with(Some(key)).encode());
    }
    Ok((restored, located))
}

/// The commit of a rotation, and the record it leaves.
pub(crate) fn rotation_write(
    vault: &Opened,
    caller: &Caller,
    found: Found,
    version: &VersionRecord,
    secret_metadata: Option<&Metadata>,
    rotated: &Rotated,
) -> Result<(Write, SecretRecord)> {
    let Found {
        id,
        revision,
        mut record,
    } = found;
    let keys = vault.keys();
    let millis = version.created_at;
    let now = keyturn_api::Timestamp::from_millis(millis);
    let number = next_number(&record);
    let serial = make_serial(now);
    let kind = if version.restored_from.is_some() {
        ChangeKind::Restored
    } else {
        ChangeKind::Rotated
    };

    let mut write = Write::new(Entry::new(Action::SecretVersionCreate, caller, id, now));
    write.expect(SecretRecord::key(id), Some(revision));
    record.versions.push(VersionEntry {
        number,
        serial,
        has_value: true,
    });
    let kept = values_kept(vault, &record, &mut write);
    drop_old(&mut record, kept, &mut write);
    set_binary(&mut record, rotated.value.is_binary())?;
    if let Some(detail) = &rotated.detail {
        record.detail.clone_from(detail);
    }
    if let Some(certificate) = &rotated.certificate {
        record.note_certificate(certificate, millis);
    }
    if let Some(key) = &version.credential {
        record.expires_at = Some(key.expires_at);
        record.expiry_seen = None; // the grace time is that of a date
    }
    rotated.also.join(&mut write);
    record.state = State::Active.number();
    if let Some(metadata) = secret_metadata {
        // An empty object removes what was there; none leaves it.
        record.custom_metadata = secrets::kept_metadata(metadata.clone());
    }
    record.updated_at = millis;
    record.rotated_at = millis;
    record.restart_plan();
    record.last_change = Change {
        kind,
        by: caller.id.clone(),
        at: millis,
        fields: None,
    };
    write.put(SecretRecord::key(id), record.seal(keys, id));
    write.put(VersionRecord::key(&serial), version.seal(keys, id, number));
    write.put(
        value_key(&serial),
        seal_value(keys, id, number, &rotated.value),
    );
    write.index_put(id, &record);
    Ok((write, record))
}

/// How many values stay. Before one goes for good, the setting must be as we know it: another
/// process may have raised it a moment ago.
fn values_kept(vault: &Opened, record: &SecretRecord, write: &mut Write) -> usize {
    let (settings, revision) = vault.known_settings();
    let kept = settings.versions_kept as usize;
    if record.versions.len() > kept {
        write.expect(SettingRecord::key(VaultSettings::NAME), revision);
    }
    kept
}

/// Metadata of 50 versions is kept, values of as many as the vault's setting says.
pub(crate) fn drop_old(record: &mut SecretRecord, values_kept: usize, write: &mut Write) {
    let surplus = record.versions.len().saturating_sub(fields::VERSIONS);
    for entry in record.versions.drain(..surplus) {
        write.delete(VersionRecord::key(&entry.serial));
        if entry.has_value {
            write.delete(value_key(&entry.serial));
        }
    }
    let valueless = record.versions.len().saturating_sub(values_kept);
    for entry in &mut record.versions[..valueless] {
        if entry.has_value {
            write.delete(value_key(&entry.serial));
            entry.has_value = false;
        }
    }
}

pub(super) fn next_number(record: &SecretRecord) -> u32 {
    record.current().map_or(1, |version| version.number + 1)
}
