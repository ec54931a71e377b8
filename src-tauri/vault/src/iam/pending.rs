//! Keys that are still to be removed in IAM, as people are told of them.

use keyturn_api::{Action, Caller, Problem, Result, Timestamp};
use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::{remove::try_removal, run::looked_at};
use crate::{
    Vault,
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CredentialRecord, Stage},
};

/// An API key in IAM whose removal was begun and has not succeeded yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PendingRemoval {
    /// UUID of the removal. It stands in IAM as well: in the description of the key, and in the name of
    /// a service ID that was made for it.
    pub id: String,
    /// The secret it was made for, which may be gone.
    pub secret_id: String,
    /// Name of that secret.
    pub secret_name: String,
    /// The key, as far as IAM told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<String>,
    /// Whose key it is, as far as IAM told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// Whether the service ID goes with it.
    pub service_id_too: bool,
    /// Since when it is in IAM, or may be.
    pub since: Timestamp,
    /// How many tries failed.
    pub tries: u32,
    /// When it is tried next; absent: at the next look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    /// What went wrong at the last try, in words; absent: it was only looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl Vault {
    /// API keys that are still to be removed in IAM, the oldest first.
    pub fn pending_removals(&self, caller: &Caller) -> Result<Vec<PendingRemoval>> {
        caller.may(Action::ConfigurationRead)?;
        pending(&*self.opened()?)
    }

    /// Gives a removal up that cannot succeed any more, because the account is gone say. What is left in
    /// IAM is left to the person.
    pub async fn forget_removal(&self, caller: &Caller, id: &str) -> Result<()> {
        caller.may(Action::ConfigurationDelete)?;
        let vault = self.opened()?;
        let unknown = || Problem::not_found("removal");
        let marker = Uuid::try_parse(id).map_err(|_| unknown())?;
        let (record, revision) = CredentialRecord::read(&vault, marker)?.ok_or_else(unknown)?;
        if record.stage() != Stage::Removing {
            return Err(unknown());
        }
        let secret = Uuid::from_bytes(record.secret);
        let verb = "iam-credentials.forget";
        let mut write = Write::new(Entry::of_schedule(verb, caller, secret, vault.now()));
        CredentialRecord::delete(marker, revision, &mut write);
        let written = vault.write(write).await;
        written.map(drop).map_err(WriteError::into_problem)
    }

    /// Tries a removal now, without waiting for its next try; what is still to be removed then. One that
    /// is done already, that locks hold or that somebody is at is left alone. Needs a runtime of tokio.
    pub async fn retry_removal(&self, caller: &Caller, id: Uuid) -> Result<Vec<PendingRemoval>> {
        caller.may(Action::ConfigurationUpdate)?;
        let vault = self.opened()?;
        if let Some((mut record, _)) = CredentialRecord::read(&vault, id)? {
            record.next_try = None; // as if its time had come
            let now = vault.now().millis();
            let is_due = looked_at(&vault, id, &record, now).is_some_and(|at| at <= now);
            if is_due && record.stage() != Stage::Making {
                try_removal(&vault, id).await;
            }
        }
        pending(&vault)
    }
}

fn pending(vault: &Opened) -> Result<Vec<PendingRemoval>> {
    let all = CredentialRecord::all(vault)?.into_iter();
    let waiting =
        all.filter(|(_, record, _)| record.stage() == Stage::Removing || record.tries > 0);
    let mut shown: Vec<PendingRemoval> = waiting
        .map(|(marker, record, _)| PendingRemoval {
            id: marker.hyphenated().to_string(),
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
