//! Keys that are still to be removed in IAM, as people are told of them.

use std::sync::Arc;

use keyturn_api::{Action, Caller, PendingRemoval, Problem, Result, Timestamp};
use uuid::Uuid;

use super::{make::mark, remove::try_removal, run::looked_at};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CredentialRecord, Stage},
};

pub(crate) fn pending_removals(vault: &Opened, caller: &Caller) -> Result<Vec<PendingRemoval>> {
    caller.may(Action::ConfigurationRead)?;
    pending(vault)
}

pub(crate) async fn forget_removal(vault: &Opened, caller: &Caller, id: &str) -> Result<()> {
    caller.may(Action::ConfigurationDelete)?;
    let marker = marker(id)?;
    let (record, revision) = CredentialRecord::read(vault, marker)?.ok_or_else(unknown)?;
    if !is_pending(&record) {
        return Err(unknown());
    }
    let secret = Uuid::from_bytes(record.secret);
    let verb = "iam-credentials.forget";
    let mut write = Write::new(Entry::of_schedule(verb, caller, secret, vault.now()));
    CredentialRecord::delete(marker, revision, &mut write);
    let written = vault.write(write).await;
    written.map(drop).map_err(WriteError::into_problem)
}

/// Needs a runtime of tokio.
pub(crate) async fn retry_removal(
    vault: &Arc<Opened>,
    caller: &Caller,
    id: &str,
) -> Result<Vec<PendingRemoval>> {
    caller.may(Action::ConfigurationUpdate)?;
    let marker = marker(id)?;
    if let Some((mut record, _)) = CredentialRecord::read(vault, marker)? {
        record.next_try = None; // as if its time had come
        let now = vault.now().millis();
        let is_due = looked_at(vault, marker, &record, now).is_some_and(|at| at <= now);
        if is_due && record.stage() != Stage::Making {
            try_removal(vault, marker).await;
        }
    }
    pending(vault)
}

/// One in use is, once its time has ended and a try to remove it failed.
fn is_pending(record: &CredentialRecord) -> bool {
    record.stage() == Stage::Removing || record.tries > 0
}

fn marker(id: &str) -> Result<Uuid> {
    Uuid::try_parse(id).map_err(|_| unknown())
}

fn unknown() -> Problem {
    Problem::not_found("removal")
}

fn pending(vault: &Opened) -> Result<Vec<PendingRemoval>> {
    let all = CredentialRecord::all(vault)?.into_iter();
    let waiting = all.filter(|(_, record, _)| is_pending(record));
    let mut shown: Vec<PendingRemoval> = waiting
        .map(|(marker, record, _)| PendingRemoval {
            id: marker.hyphenated().to_string(),
            mark: mark(marker),
            secret_id: Uuid::from_bytes(record.secret).hyphenated().to_string(),
            secret_name: record.secret_name,
            api_key_id: record.api_key_id,
            service_id: record.service_id,
            service_id_too: record.generated,
            since: Timestamp::from_millis(record.since),
            tries: record.tries,
            next_try: record.next_try.map(Timestamp::from_millis),
            problem: record.trouble,
        })
        .collect();
    shown.sort_by(|one, other| one.since.cmp(&other.since).then(one.id.cmp(&other.id)));
    Ok(shown)
}
