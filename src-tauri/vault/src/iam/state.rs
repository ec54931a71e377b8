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
#[derive(Clone, Copy)]
pub(super) struct Failed {
    pub(super) tries: u32,
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
        locked(&self.failed).get(&secret).copied()
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
