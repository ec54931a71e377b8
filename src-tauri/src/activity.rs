//! When somebody was last at the window.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The last sign of a person. Its time stands still while the computer sleeps; what a sleep means
/// is decided in `lock`.
pub(crate) struct Activity(Mutex<Instant>);

impl Default for Activity {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Activity {
    /// Somebody is there.
    pub(crate) fn touch(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// How long nobody was.
    pub(crate) fn idle(&self) -> Duration {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed()
    }
}
