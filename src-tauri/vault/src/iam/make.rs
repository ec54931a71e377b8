//! Making a key: first the record, then IAM, step by step, and at the end what was made, or nothing.

use std::time::Duration;

use keyturn_api::{Caller, Plaintext, Problem, Result};
use keyturn_iam::{Account, Error, MadeApiKey, NewApiKey, NewServiceId};
use uuid::Uuid;

use super::{
    engine::{self, problem},
    remove::{SETTLES, try_removal},
    state::Busy,
};
use crate::{
    audit::Entry,
    opened::{Opened, Write, WriteError},
    records::{CredentialEntry, CredentialRecord, Stage},
    rotation::iam_credentials::Kept,
};

/// All steps together take no longer.
const AT_MOST: Duration = Duration::from_secs(100);

/// Pauses until all of IAM knows a new service ID.
const NOT_KNOWN_YET: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
];

/// A key that was made and is not in use yet. Let go without [`confirm`], it is undone by whoever
/// looks after the vault's keys.
pub(crate) struct Credential<'a> {
    pub(crate) entry: CredentialEntry,
    /// Taken out by who keeps it.
    pub(crate) value: Option<Plaintext>,
    record: CredentialRecord,
    revision: u64,
    _busy: Busy<'a>,
}

/// Whom a key is made for.
pub(super) struct Asked<'a> {
    pub(super) secret: Uuid,
    pub(super) name: &'a str,
    pub(super) kept: &'a Kept,
    pub(super) caller: &'a Caller,
}

/// The name of a service ID that is made for a key. IAM finds service IDs by their whole name.
pub(super) fn service_name(marker: Uuid) -> String {
    format!("Secrets-Manager-IAM-Secret-{}", marker.simple())
}

/// What the description of a key ends with.
pub(super) fn mark(marker: Uuid) -> String {
    format!("keyturn:{}", marker.simple())
}

/// Makes a key in IAM. It is confirmed by who puts it to use; what fails is undone before it is told.
pub(super) async fn make<'a>(vault: &'a Opened, asked: Asked<'_>) -> Result<Credential<'a>> {
    let engine = engine::open(vault, true)?;
    let kept = asked.kept;
    let lifetime = i64::try_from(kept.lifetime()?.secs()).unwrap_or(i64::MAX / 2000);
    let account_id = engine.account_id(vault, kept.account_id.as_deref()).await?;
    let existing = match &kept.service_id {
        None => None,
        Some(id) => Some(existing(&engine.account, id, &account_id).await?),
    };
    let marker = Uuid::new_v4();
    let now = vault.now().millis();
    let record = CredentialRecord {
        secret: *asked.secret.as_bytes(),
        secret_name: asked.name.to_owned(),
        since: now,
        account_id,
        generated: existing.is_none(),
        service_id: kept.service_id.clone(),
        groups: kept.access_groups.clone().unwrap_or_default(),
        claim: Some(vault.iam.claim(now)),
        ..CredentialRecord::default()
    };
    // seen as ours before it is there
    let busy = Busy::begin(&vault.iam, marker);
    let mut making = Making {
        vault,
        account: &engine.account,
        asked: &asked,
        marker,
        record,
        revision: None,
    };
    making.save("iam-credentials.begin").await?;
    let steps = tokio::time::timeout(AT_MOST, making.steps(existing));
    let made = steps.await.unwrap_or_else(|_| {
        Err(Failure {
            problem: problem(&Error::TimedOut, "The API key was not made.", None),
            may_be_done: true,
            made: true,
        })
    });
    match made {
        Ok((api_key_id, service_id, value)) => {
            let mut record = making.record;
            record.api_key_id = Some(api_key_id.clone());
            Ok(Credential {
                entry: CredentialEntry {
                    marker: *marker.as_bytes(),
                    api_key_id,
                    service_id,
                    // its time begins when it is there
                    expires_at: vault.now().millis().saturating_add(lifetime * 1000),
                },
                value: Some(value),
                record,
                revision: making.revision.unwrap_or_default(),
                _busy: busy,
            })
        }
        Err(failure) => {
            let settles = failure.may_be_done.then(|| vault.now().millis() + SETTLES);
            let nothing = !failure.made && settles.is_none();
            let gone = if nothing {
                forget(vault, marker).await
            } else {
                undo(vault, marker, None, settles).await
            };
            Err(told(failure.problem, gone))
        }
    }
}

/// What is left, after the problem.
fn told(mut problem: Problem, gone: bool) -> Problem {
    problem.message.push_str(if gone {
        " Nothing was changed, and nothing is left in IAM."
    } else {
        " Nothing was changed here. What may be left in IAM is looked for and removed."
    });
    problem
}

/// The service ID that was there before.
async fn existing(account: &Account, id: &str, account_id: &str) -> Result<(String, String)> {
    let found = account.service_id(id).await.map_err(|error| {
        problem(
            &error,
            "The service ID was not found. Nothing was changed.",
            Some("service_id"),
        )
    })?;
    if found.account_id != account_id {
        return Err(Problem::field(
            "account_id",
            "The service ID is in another account. Nothing was changed.",
        )
        .remedy("Name the account of the service ID, or choose another service ID."));
    }
    Ok((found.id, found.iam_id))
}

/// What a step brings.
type Step<T> = std::result::Result<T, Failure>;

/// Why a step was not done.
struct Failure {
    problem: Problem,
    /// Whether IAM may have done it all the same.
    may_be_done: bool,
    /// Whether an earlier step made something.
    made: bool,
}

fn failed(what: &'static str, field: Option<&'static str>) -> impl Fn(Error) -> Failure {
    move |error| Failure {
        problem: problem(&error, what, field),
        may_be_done: error.may_be_done(),
        made: true,
    }
}

struct Making<'a> {
    vault: &'a Opened,
    account: &'a Account,
    asked: &'a Asked<'a>,
    marker: Uuid,
    record: CredentialRecord,
    /// None: it is not stored yet.
    revision: Option<u64>,
}

impl Making<'_> {
    async fn save(&mut self, verb: &'static str) -> Result<()> {
        let now = self.vault.now();
        let entry = Entry::of_schedule(verb, self.asked.caller, self.asked.secret, now);
        let mut write = Write::new(entry);
        self.record
            .put(self.vault.keys(), self.marker, self.revision, &mut write);
        let revision = self.vault.write(write).await;
        self.revision = Some(revision.map_err(WriteError::into_problem)?);
        Ok(())
    }

    /// Id of the key, of its service ID, and the key.
    async fn steps(
        &mut self,
        existing: Option<(String, String)>,
    ) -> Step<(String, String, Plaintext)> {
        let generated = existing.is_none();
        let (service_id, iam_id) = match existing {
            Some(ids) => ids,
            None => self.service_id().await?,
        };
        let name = format!("Secrets-Manager-IAM-Secret-{}", self.asked.name);
        let description = format!("Made by Keyturn. {}", mark(self.marker));
        let new = NewApiKey {
            name: &name,
            iam_id: &iam_id,
            account_id: &self.record.account_id,
            description: &description,
        };
        let key = self
            .key(new, generated)
            .await
            .map_err(failed("The API key was not made.", None))
            .map_err(|failure| Failure {
                made: generated,
                ..failure
            })?;
        if generated {
            self.account
                .lock_service_id(&service_id)
                .await
                .map_err(failed("The new service ID was not locked.", None))?;
        }
        let value = Plaintext::text(key.value.to_string());
        Ok((key.id, service_id, value))
    }

    /// Makes the key; `patiently` where its service ID is new.
    async fn key(
        &self,
        new: NewApiKey<'_>,
        patiently: bool,
    ) -> std::result::Result<MadeApiKey, Error> {
        for pause in NOT_KNOWN_YET.into_iter().filter(|_| patiently) {
            match self.account.create_api_key(new).await {
                Err(error) if error.is_absent() => tokio::time::sleep(pause).await,
                answer => return answer,
            }
        }
        self.account.create_api_key(new).await
    }

    /// Makes a new service ID a member of a group.
    async fn join(&self, group: &str, iam_id: &str) -> std::result::Result<(), Error> {
        for pause in NOT_KNOWN_YET {
            match self.account.add_member(group, iam_id).await {
                Err(error) if error.is_absent() => tokio::time::sleep(pause).await,
                answer => return answer,
            }
        }
        self.account.add_member(group, iam_id).await
    }

    /// A service ID of its own, in the groups.
    async fn service_id(&mut self) -> Step<(String, String)> {
        let name = service_name(self.marker);
        let description = format!("Made by Keyturn for the secret {}.", self.asked.name);
        let made = self
            .account
            .create_service_id(NewServiceId {
                account_id: &self.record.account_id,
                name: &name,
                description: &description,
            })
            .await
            .map_err(failed("The service ID was not made.", Some("account_id")))
            .map_err(|failure| Failure {
                made: false,
                ..failure
            })?;
        self.record.service_id = Some(made.id.clone());
        let saved = self.save("iam-credentials.go-on").await;
        saved.map_err(|problem| Failure {
            problem,
            may_be_done: false,
            made: true,
        })?;
        for group in self.record.groups.clone() {
            self.join(&group, &made.iam_id).await.map_err(failed(
                "The new service ID did not become a member of its access groups.",
                Some("access_groups"),
            ))?;
        }
        Ok((made.id, made.iam_id))
    }
}

/// Puts into a write that a key is in use from now on.
pub(crate) fn confirm(vault: &Opened, credential: &Credential<'_>, write: &mut Write) {
    let mut record = credential.record.clone();
    record.set_stage(Stage::InUse);
    record.claim = None;
    record.until = Some(credential.entry.expires_at);
    let marker = Uuid::from_bytes(credential.entry.marker);
    record.put(vault.keys(), marker, Some(credential.revision), write);
}

/// Undoes a key that is not put to use after all.
pub(crate) async fn give_up(vault: &Opened, credential: Credential<'_>) {
    let marker = Uuid::from_bytes(credential.entry.marker);
    undo(vault, marker, credential.record.api_key_id, None).await;
}

/// Forgets what IAM surely did not begin. Not written: it is looked for in vain, later.
async fn forget(vault: &Opened, marker: Uuid) -> bool {
    if let Ok(Some((record, revision))) = CredentialRecord::read(vault, marker) {
        let secret = Uuid::from_bytes(record.secret);
        let caller = Caller::schedule();
        let verb = "iam-credentials.forget";
        let mut write = Write::new(Entry::of_schedule(verb, &caller, secret, vault.now()));
        CredentialRecord::delete(marker, revision, &mut write);
        let _ = vault.write(write).await;
    }
    true
}

/// Notes that nothing of it may stay, and tries at once; whether nothing is left. `settles`: until when
/// a call whose answer was lost may still take effect.
async fn undo(
    vault: &Opened,
    marker: Uuid,
    api_key_id: Option<String>,
    settles: Option<i64>,
) -> bool {
    let Ok(Some((mut record, revision))) = CredentialRecord::read(vault, marker) else {
        return false;
    };
    record.set_stage(Stage::Removing);
    record.claim = None;
    record.api_key_id = record.api_key_id.or(api_key_id);
    record.settles = settles;
    let caller = Caller::schedule();
    let secret = Uuid::from_bytes(record.secret);
    let mut write = Write::new(Entry::of_schedule(
        "iam-credentials.undo",
        &caller,
        secret,
        vault.now(),
    ));
    record.put(vault.keys(), marker, Some(revision), &mut write);
    // not written: it is found as one that was begun and not finished
    vault.write(write).await.is_ok() && try_removal(vault, marker).await && settles.is_none()
}
