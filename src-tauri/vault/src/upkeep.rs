//! What an open vault does by itself, for as long as a program keeps it open: rotations that are due,
//! expiry, orders of public certificates, API keys in IAM. Needs a runtime of tokio.

use std::sync::{Arc, Weak};
use std::time::Duration;

use keyturn_api::{Caller, Changed, Code, Instance, Timestamp};

use crate::{EndedOrder, Vault, wait};

/// The clock is looked at this often: it may be set, and a computer that slept tells nobody.
const LOOK: Duration = Duration::from_secs(20);
/// After a change there is a pause, so that a bulk of changes is one look.
const PAUSE: Duration = Duration::from_millis(500);
/// After something that was not done there is a longer one.
const LONGER: Duration = Duration::from_secs(5);

impl Vault {
    /// Does what policies and dates ask for, until the vault is closed or dropped. `overdue` is told how
    /// many secrets are overdue after each look.
    pub fn keep_schedule(
        self: &Arc<Self>,
        overdue: impl FnMut(u32) + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let changed = self.changed();
        schedule(Arc::downgrade(self), changed, overdue)
    }

    /// Goes on with the orders of public certificates, until the vault is closed or dropped. `ended` is
    /// told of each that has ended.
    pub fn keep_orders(
        self: &Arc<Self>,
        ended: impl Fn(&Weak<Self>, &EndedOrder) + Send + Sync + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        let changed = self.changed();
        orders(Arc::downgrade(self), changed, ended)
    }

    /// Rotates IAM credentials that are due and removes API keys in IAM that are not needed any more,
    /// until the vault is closed or dropped.
    pub fn keep_credentials(self: &Arc<Self>) -> impl Future<Output = ()> + Send + 'static {
        let changed = self.changed();
        credentials(Arc::downgrade(self), changed)
    }
}

async fn credentials(vault: Weak<Vault>, mut changed: Changed) {
    loop {
        changed.mark_unchanged();
        let Some(open) = vault.upgrade() else { return };
        let next = match open.run_credentials().await {
            Ok(run) => run.next.map_or(LOOK, |at| until(&open, at)),
            Err(problem) if problem.code == Code::VaultLocked => return,
            Err(_) => LONGER,
        };
        drop(open);
        let _ = tokio::time::timeout(next, changed.changed()).await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// How long it is until then, as far as one can rely on the clock.
fn until(vault: &Vault, at: Timestamp) -> Duration {
    let millis = at.millis().saturating_sub(vault.now().millis());
    Duration::from_millis(u64::try_from(millis).unwrap_or_default()).min(LOOK)
}

async fn schedule(
    vault: Weak<Vault>,
    mut changed: Changed,
    mut overdue: impl FnMut(u32) + Send + 'static,
) {
    let mut next = None;
    loop {
        changed.mark_unchanged();
        let (looked_at, expected) = (vault.clone(), next);
        // away from the threads that answer
        let looked = tokio::task::spawn_blocking(move || look(&looked_at, expected)).await;
        match looked {
            Ok(Look::Closed) => return,
            // a full disk, say: the next look tries again
            Ok(Look::Failed) | Err(_) => {}
            Ok(Look::Done {
                next: at,
                overdue: count,
            }) => {
                next = at;
                overdue(count);
            }
        }
        let _ = tokio::time::timeout(LOOK, changed.changed()).await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// How a look at what is due ended.
enum Look {
    /// The vault is closed; there is nothing more to do.
    Closed,
    Failed,
    Done {
        /// When something is due next.
        next: Option<Timestamp>,
        /// Secrets that are overdue.
        overdue: u32,
    },
}

fn look(vault: &Weak<Vault>, expected: Option<Timestamp>) -> Look {
    let Some(vault) = vault.upgrade() else {
        return Look::Closed;
    };
    let run = wait(vault.run_schedule());
    if expected.is_some_and(|at| at <= vault.now()) {
        vault.announce(); // something expired or fell due
    }
    let overdue = wait(vault.overdue_total(&Caller::schedule()));
    match run.and_then(|run| Ok((run.next, overdue?))) {
        Ok((next, overdue)) => Look::Done { next, overdue },
        Err(problem) if problem.code == Code::VaultLocked => Look::Closed,
        Err(_) => Look::Failed,
    }
}

async fn orders(
    vault: Weak<Vault>,
    mut changed: Changed,
    ended: impl Fn(&Weak<Vault>, &EndedOrder) + Send + Sync,
) {
    loop {
        changed.mark_unchanged();
        let Some(open) = vault.upgrade() else { return };
        let next = match open.run_orders(|order| ended(&vault, &order)).await {
            Ok(next) => next.map_or(LOOK, |at| until(&open, at)),
            Err(problem) if problem.code == Code::VaultLocked => return,
            Err(_) => LONGER,
        };
        drop(open);
        let _ = tokio::time::timeout(next, changed.changed()).await;
    }
}
