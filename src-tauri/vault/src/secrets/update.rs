//! `update_secret_metadata`: a merge-patch, in one commit.

use keyturn_api::{Action, Caller, PolicyOutlook, Result, Revision, SecretPatch, SecretView};
use uuid::Uuid;

use super::{create, read};
use crate::{
    audit::Entry,
    due,
    opened::{Opened, Write, WriteError},
    records::{Change, ChangeKind, SecretRecord, name_key},
    rotation::{self, Making},
    versions::{check_revision, expires_again},
};

pub(crate) async fn update(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    patch: SecretPatch,
    expect: Option<&Revision>,
) -> Result<SecretView> {
    caller.may(Action::SecretMetadataUpdate)?;
    let now = vault.now();
    patch.check(now)?;
    loop {
        let found = read::find(vault, caller, id)?;
        check_revision(vault, &found, expect)?;
        let old = found.record;
        let mut record = old.clone();
        expires_again(&old, &patch, now)?;
        let patch = kept_policy(&old, &patch)?;
        apply(&mut record, &patch)?;
        let group = record.group_id();
        let making = Making {
            vault,
            id,
            group: &group,
            now,
        };
        let request_key =
            rotation::of(record.secret_type())?.patch(&making, &mut record, &patch)?;
        record.patch_plan(&patch);
        if patch.expiration_date.is_some() {
            record.expiry_seen = None; // the grace time is that of a date
        }
        due::check_plan(&record, dated(&patch), now)?;
        if patch.rotation.is_some_and(|policy| policy.auto_rotate) {
            rotation::of(record.secret_type())?.check_policy(&making, &record)?;
        }
        record.updated_at = now.millis();
        record.last_change = Change {
            kind: ChangeKind::Edited,
            by: caller.id.clone(),
            at: now.millis(),
            fields: Some(edited(&patch)),
        };

        let keys = vault.keys();
        let mut write = Write::new(Entry::new(Action::SecretMetadataUpdate, caller, id, now));
        write.expect(SecretRecord::key(id), Some(found.revision));
        if record.name != old.name {
            let claim = name_key(keys, record.secret_type(), &record.name);
            if vault.get(&claim)?.is_some() {
                return Err(create::name_taken(&record.name));
            }
            write.expect(claim.clone(), None);
            write.put(claim, Vec::new());
            write.delete(name_key(keys, old.secret_type(), &old.name));
        }
        if let Some(key) = &request_key {
            record.put_request_key(keys, id, key, &mut write);
        }
        write.put(SecretRecord::key(id), record.seal(keys, id));
        write.index_put(id, &record);
        match vault.write(write).await {
            Ok(_) => return read::metadata(vault, caller, id),
            // Somebody came first: look again, and let the revision decide.
            Err(WriteError::Conflict) => {}
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

/// The patch with its policy as the type keeps it.
fn kept_policy(record: &SecretRecord, patch: &SecretPatch) -> Result<SecretPatch> {
    let rules = rotation::of(record.secret_type())?;
    let policy = patch.rotation.map(|policy| rules.policy(record, policy));
    Ok(SecretPatch {
        rotation: policy.transpose()?,
        ..patch.clone()
    })
}

/// The fields a patch names.
fn edited(patch: &SecretPatch) -> Vec<String> {
    let fields = [
        ("name", patch.name.is_some()),
        ("description", patch.description.is_some()),
        ("labels", patch.labels.is_some()),
        ("custom_metadata", patch.custom_metadata.is_some()),
        ("expiration_date", patch.expiration_date.is_some()),
        ("rotation", patch.rotation.is_some()),
        ("ttl", patch.ttl.is_some()),
        ("managed_csr", patch.managed_csr.is_some()),
        (
            "password_generation_policy",
            patch.password_generation_policy.is_some(),
        ),
        ("reminder", patch.reminder.is_some()),
    ];
    let named = fields.into_iter().filter(|(_, named)| *named);
    named.map(|(field, _)| field.to_owned()).collect()
}

/// Whether it changes what the interval is measured against.
const fn dated(patch: &SecretPatch) -> bool {
    patch.rotation.is_some() || patch.expiration_date.is_some()
}

/// What a patch of policy, reminder or expiration date would do; nothing is saved.
pub(crate) fn outlook(
    vault: &Opened,
    caller: &Caller,
    id: Uuid,
    patch: &SecretPatch,
) -> Result<PolicyOutlook> {
    caller.may(Action::SecretMetadataRead)?;
    let now = vault.now();
    let mut record = read::find(vault, caller, id)?.record;
    let group = record.group_id();
    let making = Making {
        vault,
        id,
        group: &group,
        now,
    };
    let kept = kept_policy(&record, patch);
    let patch = kept.as_ref().unwrap_or(patch);
    let checked = caller
        .may(Action::SecretMetadataUpdate)
        .and_then(|()| kept.as_ref().map(drop).map_err(Clone::clone))
        .and_then(|()| patch.check(now))
        .and_then(|()| expires_again(&record, patch, now))
        .and_then(|()| {
            rotation::of(record.secret_type())?
                .patch(&making, &mut record, patch)
                .map(drop)
        });
    record.patch_plan(patch);
    let refused = checked
        .and_then(|()| due::check_plan(&record, dated(patch), now))
        .and_then(|()| match patch.rotation {
            Some(policy) if policy.auto_rotate => {
                rotation::of(record.secret_type())?.check_policy(&making, &record)
            }
            _ => Ok(()),
        })
        .err();
    Ok(due::outlook(&record, refused, now))
}

fn apply(record: &mut SecretRecord, patch: &SecretPatch) -> Result<()> {
    if let Some(name) = &patch.name {
        record.name.clone_from(name);
    }
    if let Some(description) = &patch.description {
        record.description = Some(description.clone()).filter(|text| !text.is_empty());
    }
    if let Some(labels) = &patch.labels {
        record.labels.clone_from(labels);
        // The label of a binary value is the vault's own: it tells how the value is written.
        crate::versions::set_binary(record, record.binary)?;
    }
    if let Some(metadata) = &patch.custom_metadata {
        record.custom_metadata = create::kept_metadata(metadata.clone());
    }
    Ok(())
}
