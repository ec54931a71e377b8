//! What policies and dates ask for: rotations that are due, and values whose grace time is over.
//! One run does all that is due now; whoever keeps the vault open runs it again and again.
//!
//! Nothing here remembers anything between two runs: what is due is judged from the records, and
//! each act is one commit that expects the record it was judged from. So a run can be killed at any
//! moment, two programs can run at once, and each rotation still happens once.

mod erase;
mod rotate;

use std::thread;

use futures_util::{StreamExt, stream};
use keyturn_api::{Caller, Result, Timestamp};
use uuid::Uuid;

use crate::{configurations, opened::Opened, wait};

/// Rotations under way at once: enough to fill the groups in which commits are written.
const AT_ONCE: usize = 64;

/// What a run of the schedule did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleRun {
    /// Secrets that were rotated.
    pub rotated: u32,
    /// Secrets that are due and wait, for their locks to be removed say.
    pub blocked: u32,
    /// Secrets that could not be rotated or erased; a later run tries again.
    pub failed: u32,
    /// Revocation lists that were made anew.
    pub lists_renewed: u32,
    /// Expired secrets whose values were erased.
    pub erased: u32,
    /// When the clock alone changes something next.
    pub next: Option<Timestamp>,
}

/// What became of one secret that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Rotated,
    Blocked,
    /// Nothing was to be done after all.
    Idle,
}

/// Does what is due now. Many rotations are made on two threads, so call it on one that may wait.
pub(crate) async fn run(vault: &Opened) -> Result<ScheduleRun> {
    let caller = Caller::schedule();
    let mut run = ScheduleRun::default();
    // Nothing is saved before there is a way in besides the keyring; that is no failure.
    if vault.require_recovery().is_ok() {
        let due = vault.index().due(vault.now());
        if due.len() > AT_ONCE {
            let (one, other) = due.split_at(due.len() / 2);
            thread::scope(|scope| {
                let helper = scope.spawn(|| wait(rotate_all(vault, &caller, other)));
                run.add(&wait(rotate_all(vault, &caller, one)));
                // what a thread that died had not reached is due at the next run
                run.add(&helper.join().unwrap_or_default());
            });
        } else {
            run.add(&rotate_all(vault, &caller, &due).await);
        }
        vault.still_open()?;
        let (renewed, failed) = configurations::crl::renew_due(vault, &caller).await?;
        run.lists_renewed += renewed;
        run.failed += failed;
        erase::erase(vault, &caller, &mut run).await?;
    }
    run.next = vault.index().next_change(vault.now());
    Ok(run)
}

async fn rotate_all(vault: &Opened, caller: &Caller, due: &[Uuid]) -> ScheduleRun {
    let mut run = ScheduleRun::default();
    let mut outcomes = stream::iter(due)
        .map(|id| rotate::rotate(vault, caller, *id))
        .buffer_unordered(AT_ONCE);
    while let Some(outcome) = outcomes.next().await {
        match outcome {
            Ok(Outcome::Rotated) => run.rotated += 1,
            Ok(Outcome::Blocked) => run.blocked += 1,
            Ok(Outcome::Idle) => {}
            Err(_) => run.failed += 1,
        }
    }
    run
}

impl ScheduleRun {
    fn add(&mut self, other: &Self) {
        self.rotated += other.rotated;
        self.blocked += other.blocked;
        self.failed += other.failed;
    }
}
