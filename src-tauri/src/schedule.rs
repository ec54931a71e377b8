//! Runs the schedule of the open vault: rotations that are due, expiry, and reminders on the
//! desktop. What is due is the vault's own matter.

use std::sync::Arc;
use std::time::{Duration, Instant};

use keyturn_vault::Vault;

use crate::notices;

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
        let mut told = Told::default();
        let keeping = vault.keep_schedule(move |overdue| {
            if told.is_news(overdue, Instant::now()) && may_notify() {
                notices::overdue(&name, overdue);
            }
        });
        Self(tauri::async_runtime::spawn(keeping))
    }
}

impl Drop for Schedule {
    fn drop(&mut self) {
        self.0.abort();
    }
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
