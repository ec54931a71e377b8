//! What time brings: rotations that are due by policy, keys whose time has ended, and removals that are
//! to be tried again. One run does what is to be done now; whoever keeps the vault open runs it again.

use futures_util::{StreamExt, stream};
use keyturn_api::{Caller, Code, Result, SecretType, Timestamp};
use uuid::Uuid;

use super::{
    remove::{SETTLES, try_removal},
    rotate::{Wishes, rotate},
    state::Failed,
};
use crate::{
    Vault,
    audit::Entry,
    due,
    opened::{Opened, Write},
    policy::Verdict,
    records::{CredentialRecord, SecretRecord, Stage},
    secrets,
    versions::{check_active, load},
};

/// Calls of IAM under way at once.
const AT_ONCE: usize = 4;
/// Seconds until a rotation that failed is tried again, by the number of those that did.
const DELAYS: [i64; 6] = [10, 60, 300, 900, 1800, 3600];
/// Milliseconds. What is put off for longer was put off by a clock that was wrong.
const DAY: i64 = 86_400_000;

/// What a run did with keys in IAM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CredentialsRun {
    /// Secrets that were rotated by their policy.
    pub rotated: u32,
    /// Keys that were removed.
    pub removed: u32,
    /// Rotations and removals that failed; a later run tries again.
    pub failed: u32,
    /// When there is something to do next.
    pub next: Option<Timestamp>,
}

impl Vault {
    /// Rotates IAM credentials that are due, and removes API keys in IAM whose time has ended or that
    /// are not needed any more. Whoever keeps the vault open calls it again: at
    /// [`CredentialsRun::next`], and after any change. Needs a runtime of tokio.
    pub async fn run_credentials(&self) -> Result<CredentialsRun> {
        run(&*self.opened()?).await
    }
}

async fn run(vault: &Opened) -> Result<CredentialsRun> {
    let mut run = CredentialsRun::default();
    if vault.require_recovery().is_err() {
        return Ok(run);
    }
    let caller = Caller::schedule();
    let secrets = vault.index().due(vault.now());
    for id in secrets {
        vault.still_open()?;
        match rotate_due(vault, &caller, id).await {
            Some(true) => run.rotated += 1,
            Some(false) => run.failed += 1,
            None => {}
        }
    }
    let now = vault.now().millis();
    let mut due = Vec::new();
    for (marker, record, revision) in CredentialRecord::all(vault)? {
        match looked_at(vault, marker, &record, now) {
            Some(at) if at <= now => due.push((marker, record, revision)),
            Some(at) => sooner(&mut run.next, at),
            None => {}
        }
    }
    let mut outcomes = stream::iter(due)
        .map(|(marker, record, revision)| removed(vault, marker, record, revision))
        .buffer_unordered(AT_ONCE);
    while let Some(done) = outcomes.next().await {
        if done {
            run.removed += 1;
        } else {
            run.failed += 1;
        }
    }
    vault.still_open()?;
    Ok(run)
}

fn sooner(next: &mut Option<Timestamp>, at: i64) {
    let at = Timestamp::from_millis(at);
    *next = Some(next.map_or(at, |next| next.min(at)));
}

/// When a key is to be looked at; none: not before something changes.
pub(super) fn looked_at(
    vault: &Opened,
    marker: Uuid,
    record: &CredentialRecord,
    now: i64,
) -> Option<i64> {
    let later = record.next_try.filter(|at| *at > now && *at < now + DAY);
    match record.stage() {
        Stage::Making => Some(
            vault
                .iam
                .claimed_until(marker, record.claim, now)
                .unwrap_or(now),
        ),
        Stage::Removing => Some(later.unwrap_or(now)),
        Stage::InUse => match record.until? {
            until if until > now => Some(until),
            _ if is_held(vault, marker, record) => None,
            _ => Some(later.unwrap_or(now)),
        },
    }
}

/// Whether locks keep a key past its time: those of a version that has it, or any while it is the one
/// in force. What cannot be told keeps it.
fn is_held(vault: &Opened, marker: Uuid, record: &CredentialRecord) -> bool {
    let id = Uuid::from_bytes(record.secret);
    let found = match secrets::find(vault, &Caller::schedule(), id) {
        Err(problem) => return problem.code != Code::NotFound,
        Ok(found) => found.record,
    };
    if found.locks_total() == 0 {
        return false;
    }
    let current = found.current().map(|entry| entry.number);
    let mut held = found
        .versions
        .iter()
        .filter(|entry| Some(entry.number) == current || found.locks_on(entry.number) > 0);
    held.any(|entry| match load(vault, id, entry) {
        Ok(located) => {
            let credential = located.record.credential;
            credential.is_some_and(|one| one.marker == *marker.as_bytes())
        }
        Err(_) => true,
    })
}

/// Removes a key. One whose making was broken off is looked for once more, when nothing can come any
/// longer.
async fn removed(
    vault: &Opened,
    marker: Uuid,
    mut record: CredentialRecord,
    revision: u64,
) -> bool {
    if record.stage() == Stage::Making {
        let now = vault.now();
        record.set_stage(Stage::Removing);
        record.claim = None;
        record.settles = Some(now.millis() + SETTLES);
        let (caller, secret) = (Caller::schedule(), Uuid::from_bytes(record.secret));
        let entry = Entry::of_schedule("iam-credentials.undo", &caller, secret, now);
        let mut write = Write::new(entry);
        record.put(vault.keys(), marker, Some(revision), &mut write);
        if vault.write(write).await.is_err() {
            return false;
        }
    }
    try_removal(vault, marker).await
}

/// Whether a rotation by policy succeeded; none: there was none to be done.
async fn rotate_due(vault: &Opened, caller: &Caller, id: Uuid) -> Option<bool> {
    let now = vault.now();
    let found = secrets::find(vault, caller, id).ok()?;
    let failed = vault.iam.failed(id);
    let waits = failed
        .as_ref()
        .is_some_and(|failed| failed.next > now.millis());
    if waits || !is_due(&found.record, now) {
        return None;
    }
    let wishes = Wishes {
        auto: true,
        ..Wishes::default()
    };
    let Err(problem) = rotate(vault, caller, id, wishes).await else {
        return Some(true);
    };
    let tries = failed.map_or(0, |failed| failed.tries);
    let delay = DELAYS[(tries as usize).min(DELAYS.len() - 1)] * 1000;
    let failed = Failed {
        tries: tries + 1,
        problem: problem.message,
        next: vault.now().millis() + delay,
    };
    vault.iam.set_failed(id, Some(failed));
    Some(false)
}

fn is_due(record: &SecretRecord, now: Timestamp) -> bool {
    record.secret_type() == SecretType::IamCredentials
        && record.policy.is_some()
        && matches!(record.verdict(now), Some(Verdict::Due(_)))
        && check_active(record, now).is_ok()
        && due::hindrance(record, now).is_none()
}
