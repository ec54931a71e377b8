//! Who works on which order: one program at a time, and one task of that program.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

use super::{EndedOrder, drive::Work, failure::Failure};
use crate::{
    opened::Opened,
    records::{ClaimRecord, OrderRecord},
};

/// How long a claim holds that is not renewed: a program that died keeps an order for no longer.
const CLAIM: i64 = 60_000;

/// Which orders this program works on, and as whom it claims them.
pub(crate) struct Workers {
    owner: u64,
    busy: Mutex<HashSet<Uuid>>,
    /// Orders of which the authority was told nothing yet, with the time of each.
    fresh: Mutex<HashSet<(Uuid, i64)>>,
    /// Orders that ended while nobody ran them, to be told by who runs them next.
    ended: Mutex<Vec<EndedOrder>>,
}

impl Default for Workers {
    fn default() -> Self {
        Self {
            owner: getrandom::u64().unwrap_or(1),
            busy: Mutex::default(),
            fresh: Mutex::default(),
            ended: Mutex::default(),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workers {
    /// Notes that an order is being made: before it is there, for then others see it.
    pub(super) fn made(&self, id: Uuid, ordered_on: i64) {
        locked(&self.fresh).insert((id, ordered_on));
    }

    /// Whether nothing can have been sent for an order yet; true once.
    pub(super) fn is_fresh(&self, id: Uuid, ordered_on: i64) -> bool {
        locked(&self.fresh).remove(&(id, ordered_on))
    }

    pub(super) fn note_end(&self, ended: EndedOrder) {
        locked(&self.ended).push(ended);
    }

    pub(super) fn take_ended(&self) -> Vec<EndedOrder> {
        std::mem::take(&mut *locked(&self.ended))
    }
}

/// Keeps an order from being worked on twice within this program.
pub(super) struct Busy<'a>(&'a Workers, Uuid);

impl<'a> Busy<'a> {
    pub(super) fn begin(workers: &'a Workers, id: Uuid) -> Option<Self> {
        let is_free = locked(&workers.busy).insert(id);
        // made only then: dropping one takes the mark away
        is_free.then(|| Self(workers, id))
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        locked(&self.0.busy).remove(&self.1);
    }
}

/// A claim of this program that begins now.
pub(super) fn claim(vault: &Opened) -> ClaimRecord {
    ClaimRecord {
        owner: vault.workers.owner,
        until: vault.now().millis() + CLAIM,
    }
}

/// Until when another program has an order. One that reaches further than a claim can was made before
/// the clock was set back, and holds nobody off.
pub(super) fn claimed_until(order: &OrderRecord, vault: &Opened, now: i64) -> Option<i64> {
    let claim = order
        .claim
        .filter(|claim| claim.owner != vault.workers.owner);
    let until = claim?.until;
    (until > now && until <= now + CLAIM).then_some(until)
}

impl Work<'_> {
    /// Keeps other programs from the order for as long as this one works on it. What the authority is
    /// told twice can end an order, so it is told nothing before the claim is stored.
    pub(super) async fn hold(&mut self) -> Result<(), Failure> {
        let claim = claim(self.vault);
        let held = self.order.claim.filter(|held| held.owner == claim.owner);
        let is_new = |held: ClaimRecord| (0..CLAIM / 3).contains(&(claim.until - held.until));
        if held.is_some_and(is_new) {
            return Ok(());
        }
        if held.is_none() {
            // another program may have had it in between
            self.vault.workers.is_fresh(self.id, self.order.ordered_on);
        }
        self.order.claim = Some(claim);
        self.save().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_worked_on_once_at_a_time() {
        let (workers, id) = (Workers::default(), Uuid::new_v4());
        let first = Busy::begin(&workers, id);
        assert!(first.is_some());
        assert!(Busy::begin(&workers, id).is_none());
        assert!(
            Busy::begin(&workers, id).is_none(),
            "the second try frees nothing"
        );
        assert!(Busy::begin(&workers, Uuid::new_v4()).is_some());
        drop(first);
        assert!(Busy::begin(&workers, id).is_some());
    }
}
