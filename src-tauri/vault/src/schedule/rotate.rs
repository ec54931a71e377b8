//! A rotation that nobody asked for.

use keyturn_api::{Caller, Code, DueBy, Problem, Result, SecretType};
use uuid::Uuid;

use super::Outcome;
use crate::{
    acme,
    audit::Entry,
    due,
    opened::{Opened, Write, WriteError},
    policy::Verdict,
    records::{Change, ChangeKind, SecretRecord, VersionRecord},
    rotation::{self, Making},
    secrets::{self, Found},
    versions::{check_active, rotation_write},
};

/// Rotates a secret, if it is due by its policy. Judged anew until a commit passes.
pub(super) async fn rotate(vault: &Opened, caller: &Caller, id: Uuid) -> Result<Outcome> {
    loop {
        vault.still_open()?;
        let found = match secrets::find(vault, caller, id) {
            Err(problem) if problem.code == Code::NotFound => return Ok(Outcome::Idle),
            found => found?,
        };
        let now = vault.now();
        let written = match found.record.verdict(now) {
            Some(Verdict::Recount) => {
                let from = Some(now.millis());
                vault.write(count_from(vault, caller, found, from)).await
            }
            // The clock is right again, and so is the date of the rotation itself.
            Some(_) if found.record.counted_from.is_some() && !found.record.is_ahead(now) => {
                vault.write(count_from(vault, caller, found, None)).await
            }
            // IAM is asked by who runs its credentials
            Some(Verdict::Due(_)) if is_iam(&found.record) => return Ok(Outcome::Idle),
            Some(Verdict::Due(_)) if is_wanted(&found.record, now) => {
                if due::hindrance(&found.record, now).is_some() {
                    return Ok(Outcome::Blocked);
                }
                let (write, refused) = next_version(vault, caller, found)?;
                match (vault.write(write).await, refused) {
                    (Ok(_), None) => return Ok(Outcome::Rotated),
                    (Ok(_), Some(problem)) => return Err(problem),
                    (failed, _) => failed,
                }
            }
            _ => return Ok(Outcome::Idle),
        };
        match written {
            Ok(_) => {}
            Err(WriteError::Conflict) => vault.reload_settings()?,
            Err(WriteError::Failed(problem)) => return Err(problem),
        }
    }
}

fn is_iam(record: &SecretRecord) -> bool {
    record.secret_type() == SecretType::IamCredentials
}

fn is_wanted(record: &SecretRecord, now: keyturn_api::Timestamp) -> bool {
    let by = record.plan().map(|plan| plan.by);
    by == Some(DueBy::Rotation) && check_active(record, now).is_ok()
}

/// The commit of a rotation; with a problem, it only notes that there could be none.
fn next_version(vault: &Opened, caller: &Caller, found: Found) -> Result<(Write, Option<Problem>)> {
    if acme::rotate_by_policy(&found.record) {
        return acme::scheduled(vault, caller, found);
    }
    let rules = rotation::of(found.record.secret_type())?;
    let input = rules
        .alone()
        .ok_or_else(|| rotation::wrong_input("rotation", found.record.secret_type()))?;
    let now = vault.now();
    let group = found.record.group_id();
    let making = Making {
        vault,
        id: found.id,
        group: &group,
        now,
    };
    let rotated = rules.rotate(&making, &found.record, input)?;
    let version = VersionRecord {
        auto_rotated: true,
        certificate: rotated.certificate.clone(),
        ..VersionRecord::make(caller, &rotated.value, now)
    };
    rotation_write(vault, caller, found, &version, None, &rotated).map(|(write, _)| (write, None))
}

/// Lets the interval count from another time than that of the last rotation.
fn count_from(vault: &Opened, caller: &Caller, found: Found, from: Option<i64>) -> Write {
    let Found {
        id,
        revision,
        mut record,
    } = found;
    let now = vault.now();
    record.counted_from = from;
    record.last_change = Change {
        kind: ChangeKind::Edited,
        by: caller.id.clone(),
        at: now.millis(),
        fields: Some(vec!["rotation".to_owned()]),
    };
    let mut write = Write::new(Entry::of_schedule("secret.recount", caller, id, now));
    write.expect(SecretRecord::key(id), Some(revision));
    write.put(SecretRecord::key(id), record.seal(vault.keys(), id));
    write.index_put(id, &record);
    write
}
