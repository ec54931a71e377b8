//! Runs the schedule of the open vault: rotations that are due, expiry, and reminders on the
//! desktop. What is due is the vault's own matter.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use keyturn_api::{Caller, Changed, Code, Instance, Timestamp};
use keyturn_vault::{ScheduleRun, Vault, wait};

use crate::notices;

/// The clock is looked at this often: it may be set, and a computer that slept tells nobody.
const LOOK: Duration = Duration::from_secs(20);
/// After a change there is a pause, so that a bulk of changes is one look.
const PAUSE: Duration = Duration::from_millis(500);
/// Reminders that nobody followed are told again after so long.
const AGAIN: Duration = Duration::from_secs(24 * 3600);

/// Runs a vault's schedule, until it is dropped.
pub(crate) struct Schedule(tauri::async_runtime::JoinHandle<()>);

impl Schedule {
    /// Begins. `may_notify` tells whether the person wants to hear of reminders on the desktop.
    pub(crate) fn start(
        vault: &Arc<Vault>,
        name: String,
        may_notify: impl Fn() -> bool + Send + 'static,
    ) -> Self {
        let mut changed = vault.changed();
        let vault = Arc::downgrade(vault);
        Self(tauri::async_runtime::spawn(async move {
            let mut told = Told::default();
            let mut next = None;
            loop {
                changed.mark_unchanged();
                match look(vault.clone(), next).await {
                    Look::Closed => return,
                    // a full disk, say: the next look tries again
                    Look::Failed => {}
                    Look::Done { run, overdue } => {
                        next = run.next;
                        if told.is_news(overdue, Instant::now()) && may_notify() {
                            notices::overdue(&name, overdue);
                        }
                    }
                }
                pause(&mut changed).await;
            }
        }))
    }
}

impl Drop for Schedule {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// How a look at what is due ended.
enum Look {
    /// The vault is closed; there is nothing more to do.
    Closed,
    Failed,
    Done {
        run: ScheduleRun,
        /// Secrets that are overdue after it.
        overdue: u32,
    },
}

/// One run, away from the threads that answer the page.
async fn look(vault: Weak<Vault>, expected: Option<Timestamp>) -> Look {
    let run = tauri::async_runtime::spawn_blocking(move || {
        let Some(vault) = vault.upgrade() else {
            return Look::Closed;
        };
        let run = wait(vault.run_schedule());
        if expected.is_some_and(|at| at <= vault.now()) {
            vault.announce(); // something expired or fell due
        }
        let overdue = wait(vault.overdue_total(&Caller::schedule()));
        match run.and_then(|run| Ok((run, overdue?))) {
            Ok((run, overdue)) => Look::Done { run, overdue },
            Err(problem) if problem.code == Code::VaultLocked => Look::Closed,
            Err(_) => Look::Failed,
        }
    });
    run.await.unwrap_or(Look::Failed)
}

/// Until something changes, or it is time to look at the clock.
async fn pause(changed: &mut Changed) {
    let _ = tokio::time::timeout(LOOK, changed.changed()).await;
    tokio::time::sleep(PAUSE).await;
}

/// What was told on the desktop last.
#[derive(Default)]
struct Told(Option<(u32, Instant)>);

impl Told {
    /// Whether so many overdue secrets are worth telling: more than before, or the same after a
    /// day.
    fn is_news(&mut self, overdue: u32, now: Instant) -> bool {
        let news = match self.0 {
            _ if overdue == 0 => false,
            None => true,
            Some((before, at)) => overdue > before || now.duration_since(at) >= AGAIN,
        };
        match &mut self.0 {
            _ if news => self.0 = Some((overdue, now)),
            Some((before, _)) => *before = overdue.min(*before),
            None => {}
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_told_once_and_again_after_a_day() {
        let start = Instant::now();
        let after = |hours: u64| start + Duration::from_secs(hours * 3600);
        let mut told = Told::default();
        assert!(!told.is_news(0, start));
        assert!(told.is_news(2, start));
        assert!(!told.is_news(2, after(1)));
        assert!(told.is_news(3, after(2)), "one more");
        assert!(!told.is_news(1, after(3)));
        assert!(told.is_news(2, after(4)), "another one");
        assert!(!told.is_news(2, after(27)));
        assert!(told.is_news(2, after(28)), "a day later");
    }
}
