//! What an open vault does by itself while it is served: rotations that are due, expiry, orders of
//! public certificates. What is due is the vault's own matter.

use std::sync::{Arc, Weak};
use std::time::Duration;

use keyturn_api::{Code, Instance, Timestamp};
use keyturn_vault::{Vault, wait};
use tokio::task::JoinHandle;

/// The clock is looked at this often: it may be set, and a computer that slept tells nobody.
const LOOK: Duration = Duration::from_secs(20);
/// After a change there is a pause, so that a bulk of changes is one look.
const PAUSE: Duration = Duration::from_millis(500);
/// After something that was not done there is a longer one.
const LONGER: Duration = Duration::from_secs(5);

/// Runs until it is stopped or the vault is closed.
pub(super) struct Work([JoinHandle<()>; 2]);

/// Begins.
pub(super) fn start(vault: &Arc<Vault>) -> Work {
    Work([
        tokio::spawn(schedule(Arc::downgrade(vault), vault.changed())),
        tokio::spawn(orders(Arc::downgrade(vault), vault.changed())),
    ])
}

impl Work {
    /// Ends it, between two steps: each step is a whole one in the vault.
    pub(super) async fn stop(self) {
        for work in self.0 {
            work.abort();
            let _ = work.await;
        }
    }
}

async fn schedule(vault: Weak<Vault>, mut changed: keyturn_api::Changed) {
    let mut next = None;
    loop {
        changed.mark_unchanged();
        let (vault, expected) = (vault.clone(), next);
        let look = tokio::task::spawn_blocking(move || look(&vault, expected));
        match look.await {
            Ok(Look::Closed) => return,
            Ok(Look::Done(at)) => next = at,
            // a full disk, say: the next look tries again
            Ok(Look::Failed) | Err(_) => {}
        }
        let _ = tokio::time::timeout(LOOK, changed.changed()).await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// How a look at what is due ended.
enum Look {
    Closed,
    Failed,
    /// When something is due next.
    Done(Option<Timestamp>),
}

/// One run, away from the threads that answer requests.
fn look(vault: &Weak<Vault>, expected: Option<Timestamp>) -> Look {
    let Some(vault) = vault.upgrade() else {
        return Look::Closed;
    };
    let run = wait(vault.run_schedule());
    if expected.is_some_and(|at| at <= vault.now()) {
        vault.announce(); // something expired or fell due
    }
    match run {
        Ok(run) => Look::Done(run.next),
        Err(problem) if problem.code == Code::VaultLocked => Look::Closed,
        Err(_) => Look::Failed,
    }
}

async fn orders(vault: Weak<Vault>, mut changed: keyturn_api::Changed) {
    loop {
        changed.mark_unchanged();
        let Some(open) = vault.upgrade() else { return };
        let next = match open.run_orders(|_| {}).await {
            Ok(next) => next.map_or(LOOK, |at| {
                let millis = at.millis().saturating_sub(open.now().millis());
                Duration::from_millis(u64::try_from(millis).unwrap_or_default()).min(LOOK)
            }),
            Err(problem) if problem.code == Code::VaultLocked => return,
            Err(_) => LONGER,
        };
        drop(open);
        let _ = tokio::time::timeout(next, changed.changed()).await;
    }
}
