//! Keeping below the rate that a service asks its clients to keep.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// IBM asks for less than 20 requests a second on an instance (`auth.md`, section 4).
const APART: Duration = Duration::from_millis(100);
/// So many may come at once after a pause, as a screen asks for several things together. With those
/// that follow they are less than 20 in a second.
const AT_ONCE: u32 = 8;

/// Gives each request its time. The first few after a pause go at once.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Option<Instant>>);

impl Pace {
    /// Waits until another request may go.
    pub(crate) async fn turn(&self) {
        let wait = self.take(Instant::now());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// How long the next request waits. What is kept is when the one after would go if all were
    /// apart (a virtual schedule, as in GCRA).
    fn take(&self, now: Instant) -> Duration {
        let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = next.map_or(now, |next| next.max(now));
        *next = Some(at + APART);
        (at - now).saturating_sub(APART * AT_ONCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_work_stays_below_twenty_a_second_and_a_few_go_at_once() {
        let pace = Pace::default();
        let start = Instant::now();
        let waits: Vec<Duration> = (0..100).map(|_| pace.take(start)).collect();
        assert!(waits[..9].iter().all(Duration::is_zero));
        for second in 0..9 {
            let within = |wait: &&Duration| wait.as_secs() == second;
            let count = waits.iter().filter(within).count();
            assert!(count < 20, "{second}: {count}");
        }
        let later = start + Duration::from_mins(1);
        assert!((0..8).all(|_| pace.take(later).is_zero()), "after a pause");
    }
}
