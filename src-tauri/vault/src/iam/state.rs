//! What this program knows while the vault is open: the client of IAM, and what it is at.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use keyturn_iam::Account;
use uuid::Uuid;

use crate::records::ClaimRecord;

/// How long a claim holds: longer than the making of a key can take.
pub(super) const CLAIM: i64 = 150_000;

/// One of an open vault.
pub(crate) struct State {
    owner: u64,
    /// Keys that are being made by this program.
    busy: Mutex<HashSet<Uuid>>,
    client: Mutex<Option<Client>>,
    /// Rotations by policy that failed, by their secrets.
    failed: Mutex<HashMap<Uuid, Failed>>,
}

/// The client of a configuration as it was at a revision.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) configuration: [u8; 16],
    pub(super) revision: u64,
    pub(super) account: Arc<Account>,
    /// The account of its key, once it was asked for.
    pub(super) own: Option<String>,
}

/// A rotation that failed.
#[derive(Clone)]
pub(super) struct Failed {
    pub(super) tries: u32,
    /// Why, in words.
    pub(super) problem: String,
    /// Not before then.
    pub(super) next: i64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            owner: getrandom::u64().unwrap_or(1),
            busy: Mutex::default(),
            client: Mutex::default(),
            failed: Mutex::default(),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// A claim of this program that begins at `now`.
    pub(super) const fn claim(&self, now: i64) -> ClaimRecord {
        ClaimRecord {
            owner: self.owner,
            until: now + CLAIM,
        }
    }

    /// Until when somebody is at it; none: nobody is. A claim that reaches further than one can was
    /// made before the clock was set back.
    pub(super) fn claimed_until(
        &self,
        marker: Uuid,
        claim: Option<ClaimRecord>,
        now: i64,
    ) -> Option<i64> {
        let claim = claim?;
        if claim.owner == self.owner {
            return locked(&self.busy)
                .contains(&marker)
                .then_some(claim.until.max(now + 1));
        }
        (claim.until > now && claim.until <= now + CLAIM).then_some(claim.until)
    }

    pub(super) fn client(&self) -> Option<Client> {
        locked(&self.client).clone()
    }

    pub(super) fn set_client(&self, client: Client) {
        *locked(&self.client) = Some(client);
    }

    pub(super) fn failed(&self, secret: Uuid) -> Option<Failed> {
        locked(&self.failed).get(&secret).cloned()
    }

    /// Why the last rotation by policy failed; none: it did not.
    pub(crate) fn trouble(&self, secret: Uuid) -> Option<String> {
        self.failed(secret).map(|failed| failed.problem)
    }

    pub(super) fn set_failed(&self, secret: Uuid, failed: Option<Failed>) {
        let mut all = locked(&self.failed);
        match failed {
            Some(failed) => all.insert(secret, failed),
            None => all.remove(&secret),
        };
    }
}

/// Tells that this program is making a key. When it is dropped before the key is in use, what was begun
/// is undone.
pub(super) struct Busy<'a>(&'a State, Uuid);

impl<'a> Busy<'a> {
    pub(super) fn begin(state: &'a State, marker: Uuid) -> Self {
        locked(&state.busy).insert(marker);
        Self(state, marker)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        locked(&self.0.busy).remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_holds_while_somebody_is_at_it_and_no_longer_than_it_can() {
        let (state, marker, now) = (State::default(), Uuid::new_v4(), 1_000_000);
        let own = Some(state.claim(now));
        let until = |claim, now| state.claimed_until(marker, claim, now);
        assert_eq!(until(own, now), None, "dropped");
        let busy = Busy::begin(&state, marker);
        assert_eq!(until(own, now), Some(now + CLAIM));
        assert!(
            until(own, now + 2 * CLAIM).is_some(),
            "slow, and still at it"
        );
        drop(busy);
        assert_eq!(until(own, now), None);

        let other = Some(ClaimRecord {
            owner: state.owner.wrapping_add(1),
            until: now + CLAIM,
        });
        assert_eq!(until(other, now), Some(now + CLAIM));
        assert_eq!(until(other, now + CLAIM), None, "it died");
        assert_eq!(until(other, now - 1), None, "the clock was set back");
        assert_eq!(until(None, now), None);
    }
}
