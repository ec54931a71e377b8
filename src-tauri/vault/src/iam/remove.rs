//! Removing in IAM what has a marker: the key, and the service ID that was made for it.

use keyturn_api::{Caller, Problem, Result};
use keyturn_iam::{Account, Error};
use uuid::Uuid;

use super::{
    engine::{self, sentence},
    make::{mark, service_name},
};
use crate::{
    audit::Entry,
    opened::{Opened, Write},
    records::CredentialRecord,
};

/// How long IAM may take to carry out a call that nobody waits for any more: longer than a call is
/// waited for. Milliseconds.
pub(super) const SETTLES: i64 = 60_000;
/// Seconds until the next try, by the number of those that failed.
const DELAYS: [i64; 6] = [5, 30, 120, 600, 1800, 3600];

/// Tries once; notes how it went. Whether nothing is left to be done now.
pub(super) async fn try_removal(vault: &Opened, marker: Uuid) -> bool {
    let Ok(Some((mut record, revision))) = CredentialRecord::read(vault, marker) else {
        return true;
    };
    let removed = removed(vault, marker, &record).await;
    let now = vault.now();
    let caller = Caller::schedule();
    let secret = Uuid::from_bytes(record.secret);
    let entry = |verb| Entry::of_schedule(verb, &caller, secret, now);
    let write = match &removed {
        Ok(()) if record.settles.is_none_or(|at| at <= now.millis()) => {
            let mut write = Write::new(entry("iam-credentials.remove"));
            CredentialRecord::delete(marker, revision, &mut write);
            write
        }
        outcome => {
            let delay = DELAYS[(record.tries as usize).min(DELAYS.len() - 1)] * 1000;
            if let Err(problem) = outcome {
                record.tries += 1;
                record.trouble = Some(problem.message.clone());
                record.next_try = Some(now.millis() + delay);
            } else {
                // it was looked for, and may still come
                record.next_try = record.settles;
                record.trouble = None;
            }
            let mut write = Write::new(entry("iam-credentials.look"));
            record.put(vault.keys(), marker, Some(revision), &mut write);
            write
        }
    };
    // one that somebody else changed meanwhile is looked at again
    let _ = vault.write(write).await;
    removed.is_ok()
}

async fn removed(vault: &Opened, marker: Uuid, record: &CredentialRecord) -> Result<()> {
    let engine = engine::open(vault, false)?;
    let account = &engine.account;
    let removed = match (&record.service_id, record.generated) {
        (Some(id), false) => key_of(account, id, marker, record).await,
        (Some(id), true) => with_service_id(account, id, record).await,
        (None, _) => by_name(account, marker, record).await,
    };
    removed.map_err(|error| {
        let problem = engine::problem(&error, "", None);
        Problem {
            message: sentence(&error),
            ..problem
        }
    })
}

/// The key of a service ID that stays.
async fn key_of(
    account: &Account,
    service_id: &str,
    marker: Uuid,
    record: &CredentialRecord,
) -> std::result::Result<(), Error> {
    if let Some(key) = &record.api_key_id {
        return account.delete_api_key(key).await;
    }
    // its answer was lost: only the marker tells which one it is
    let iam_id = format!("iam-{service_id}");
    let keys = account.api_keys_of(&record.account_id, &iam_id).await;
    let keys = present(keys)?;
    let mark = mark(marker);
    for key in keys.iter().filter(|key| key.description.ends_with(&mark)) {
        account.delete_api_key(&key.id).await?;
    }
    Ok(())
}

/// A service ID with all its keys: nobody else has any business with it.
async fn with_service_id(
    account: &Account,
    id: &str,
    record: &CredentialRecord,
) -> std::result::Result<(), Error> {
    account.unlock_service_id(id).await?;
    let iam_id = format!("iam-{id}");
    let keys = present(account.api_keys_of(&record.account_id, &iam_id).await)?;
    for key in keys {
        account.delete_api_key(&key.id).await?;
    }
    for group in &record.groups {
        account.remove_member(group, &iam_id).await?;
    }
    account.delete_service_id(id).await
}

/// The same when the answer that told its id was lost.
async fn by_name(
    account: &Account,
    marker: Uuid,
    record: &CredentialRecord,
) -> std::result::Result<(), Error> {
    let name = service_name(marker);
    let named = account.service_ids_named(&record.account_id, &name).await?;
    for found in named {
        with_service_id(account, &found.id, record).await?;
    }
    Ok(())
}

/// What is not there has nothing.
fn present<T>(listed: std::result::Result<Vec<T>, Error>) -> std::result::Result<Vec<T>, Error> {
    match listed {
        Err(error) if error.is_absent() => Ok(Vec::new()),
        listed => listed,
    }
}
