//! Going on with orders: each by one program at a time, until it halts.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::{
    StreamExt,
    future::{Either, select},
    stream::FuturesUnordered,
};
use keyturn_api::{Result, Timestamp};
use uuid::Uuid;

use super::{
    drive::{Halt, Work},
    end::{MOVED, mark_failed},
    failure::{Failure, Then},
};
use crate::{
    opened::Opened,
    records::{ClaimRecord, OrderRecord, Outcome},
};

/// Orders under way at once.
const AT_ONCE: usize = 16;
/// How long a claim holds that is not renewed: a program that died keeps an order for no longer.
const CLAIM: i64 = 60_000;
/// Between two looks at an order that another one of this program works on.
const BUSY: Duration = Duration::from_millis(30);
/// How long creation waits for the challenges, so that its answer has them.
const FIRST_STEP: Duration = Duration::from_secs(10);
/// Seconds until the next try, by the number of those that failed.
const DELAYS: [i64; 6] = [2, 10, 60, 300, 900, 3600];
/// An order that the authority never took is given up after a day, in milliseconds.
const UNPLACED: i64 = 86_400_000;
/// How often an account is made anew for one order.
const REGISTRATIONS: u32 = 3;

/// A claim of this program that begins now.
pub(super) fn claim(vault: &Opened) -> ClaimRecord {
    ClaimRecord {
        owner: vault.workers.owner,
        until: vault.now().millis() + CLAIM,
    }
}

/// Which orders this program works on, and as whom it claims them.
pub(crate) struct Workers {
    owner: u64,
    busy: Mutex<HashSet<Uuid>>,
}

impl Default for Workers {
    fn default() -> Self {
        Self {
            owner: getrandom::u64().unwrap_or(1),
            busy: Mutex::default(),
        }
    }
}

/// Keeps an order from being worked on twice within this program.
struct Busy<'a>(&'a Workers, Uuid);

impl<'a> Busy<'a> {
    fn begin(workers: &'a Workers, id: Uuid) -> Option<Self> {
        let is_free = workers
            .busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id);
        // made only then: dropping one takes the mark away
        is_free.then(|| Self(workers, id))
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        let mut busy = self.0.busy.lock().unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.1);
    }
}

/// An order that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedOrder {
    /// Its secret.
    pub secret_id: String,
    /// Whether the certificate was issued.
    pub issued: bool,
}

/// Goes on with every order that has work, also with those that come meanwhile, until each halts;
/// when the first has work again. Needs a runtime of tokio.
pub(crate) async fn run(
    vault: &Opened,
    on_end: impl Fn(EndedOrder) + Send + Sync,
) -> Result<Option<Timestamp>> {
    let mut changed = vault.changed();
    let mut running = FuturesUnordered::new();
    let mut known: HashMap<Uuid, Option<i64>> = HashMap::new();
    loop {
        changed.mark_unchanged();
        let now = vault.now().millis();
        for id in OrderRecord::with_work(vault)? {
            // one that halted before gets a moment, so that nothing can make this spin
            let pause = match known.get(&id) {
                None => Duration::ZERO,
                Some(Some(_)) if wakes(vault, id, now)? => BUSY,
                Some(_) => continue,
            };
            if running.len() < AT_ONCE {
                known.insert(id, None);
                running.push(async move {
                    tokio::time::sleep(pause).await;
                    (id, advance(vault, id).await)
                });
            }
        }
        if running.is_empty() {
            let next = known.values().flatten().min().copied();
            return Ok(next.map(Timestamp::from_millis));
        }
        let ended = {
            let change = std::pin::pin!(changed.changed());
            match select(running.next(), change).await {
                Either::Left((ended, _)) => ended,
                Either::Right(_) => None,
            }
        };
        if let Some((id, halted)) = ended {
            let halted = halted?;
            known.insert(id, Some(halted.next.unwrap_or(i64::MAX)));
            if let Some(issued) = halted.ended {
                on_end(EndedOrder {
                    secret_id: id.hyphenated().to_string(),
                    issued,
                });
            }
        }
    }
}

/// Whether an order that halted has work after all: somebody changed it, or time passed.
fn wakes(vault: &Opened, id: Uuid, now: i64) -> Result<bool> {
    let Some((order, _)) = OrderRecord::read(vault, id)? else {
        return Ok(false);
    };
    Ok(waits(&order, vault.workers.owner, now).is_none() && !rests(&order, now))
}

/// Brings a new order to its challenges, if that does not take long and there is a runtime for it.
/// What is not reached goes on with [`run`].
pub(crate) async fn first_step(vault: &Opened, id: Uuid) {
    if tokio::runtime::Handle::try_current().is_err() {
        return;
    }
    let placed = || match OrderRecord::read(vault, id) {
        Ok(Some((order, _))) => {
            order.outcome() != Outcome::UnderWay
                || !order.authorizations.is_empty()
                || order.trouble.is_some()
        }
        _ => true,
    };
    let step = async {
        while !placed() {
            let halted = advance(vault, id).await;
            if halted.is_err() {
                return;
            }
            tokio::time::sleep(BUSY).await;
        }
    };
    let _ = tokio::time::timeout(FIRST_STEP, step).await;
}

/// Where an order was left.
#[derive(Clone, Copy, Debug, Default)]
struct Halted {
    /// When it has work again, milliseconds; none: never.
    next: Option<i64>,
    /// It ended meanwhile: whether the certificate was issued.
    ended: Option<bool>,
}

/// Goes on with one order until it halts.
async fn advance(vault: &Opened, id: Uuid) -> Result<Halted> {
    let Some(_busy) = Busy::begin(&vault.workers, id) else {
        // another one of this program is at it: look again in a moment
        tokio::time::sleep(BUSY).await;
        return Ok(Halted::default());
    };
    let was_under_way = is_under_way(vault, id)?;
    let next = until_halt(vault, id).await?;
    let ended = match OrderRecord::read(vault, id)? {
        Some((order, _)) if was_under_way && order.outcome() != Outcome::UnderWay => {
            Some(order.outcome() == Outcome::Issued)
        }
        _ => None,
    };
    Ok(Halted { next, ended })
}

fn is_under_way(vault: &Opened, id: Uuid) -> Result<bool> {
    let order = OrderRecord::read(vault, id)?;
    Ok(order.is_some_and(|(order, _)| order.outcome() == Outcome::UnderWay))
}

async fn until_halt(vault: &Opened, id: Uuid) -> Result<Option<i64>> {
    loop {
        vault.still_open()?;
        let Some((order, revision)) = OrderRecord::read(vault, id)? else {
            return Ok(None);
        };
        if !order.has_work() {
            return Ok(None);
        }
        let now = vault.now().millis();
        if let Some(at) = waits(&order, vault.workers.owner, now) {
            return Ok(Some(at));
        }
        let mut work = Work {
            vault,
            id,
            order,
            revision,
        };
        let halted = work.drive().await;
        match halted {
            Ok(Halt::Until(at)) => return Ok(Some(at)),
            Ok(Halt::Again) => {}
            Ok(Halt::Done) => return Ok(None),
            Err(failure) if failure.code == MOVED => {}
            Err(failure) if failure.then == Then::Stop => {
                // the vault was locked, or its disk is full: the order is as it was
                return Ok(Some(now + DELAYS[2] * 1000));
            }
            Err(failure) => {
                if let Err(failure) = work.take(&failure).await
                    && failure.code != MOVED
                {
                    return Ok(Some(now + DELAYS[2] * 1000));
                }
            }
        }
    }
}

/// Until when nothing is to be done about an order; none: there is something now.
fn waits(order: &OrderRecord, owner: u64, now: i64) -> Option<i64> {
    let claimed = order.claim.filter(|claim| claim.owner != owner);
    let until = claimed.map(|claim| claim.until).max(order.next_try)?;
    // a clock that was set back must not stop anything
    (until > now && until < now + 2 * UNPLACED).then_some(until)
}

/// Whether only a person or a later time moves an order that is not put off.
fn rests(order: &OrderRecord, now: i64) -> bool {
    match order.outcome() {
        Outcome::UnderWay => {
            let ends = order.authorizations.iter().filter_map(|one| one.expires);
            order.is_manual()
                && order.validate_at.is_none()
                && !order.authorizations.is_empty()
                && !order.is_proven()
                && ends.chain(order.expires).min().is_none_or(|end| end > now)
        }
        _ => order.provided.is_empty() && order.ask_renewal.is_none_or(|at| at > now),
    }
}

impl Work<'_> {
    /// Keeps other programs from the order for as long as this one works on it. What the authority is
    /// told twice can end an order, so it is told nothing before the claim is stored.
    pub(super) async fn hold(&mut self) -> std::result::Result<(), Failure> {
        let claim = claim(self.vault);
        let held = self.order.claim.filter(|held| held.owner == claim.owner);
        if held.is_some_and(|held| claim.until - held.until < CLAIM / 2) {
            return Ok(());
        }
        self.order.claim = Some(claim);
        self.save().await
    }

    /// Notes a failure: another try later, or the end of the order.
    async fn take(&mut self, failure: &Failure) -> std::result::Result<(), Failure> {
        self.mend_account(failure).await?;
        let now = self.now();
        let tries = self.order.tries;
        let under_way = self.order.outcome() == Outcome::UnderWay;
        let over = match failure.then {
            Then::GiveUp => under_way,
            Then::Register => under_way && tries >= REGISTRATIONS,
            Then::Again(_) | Then::Stop => {
                under_way && self.order.url.is_none() && now - self.order.ordered_on > UNPLACED
            }
        };
        self.order.claim = None;
        if over {
            mark_failed(&mut self.order, failure);
            return self.save().await;
        }
        let delay = DELAYS[(tries as usize).min(DELAYS.len() - 1)] * 1000;
        let asked = match failure.then {
            Then::Again(Some(asked)) => i64::try_from(asked.as_millis()).unwrap_or(i64::MAX),
            Then::Register => -delay,
            _ => 0,
        };
        self.order.tries = tries + 1;
        self.order.next_try = Some(now.saturating_add(delay.max(asked).min(UNPLACED)));
        if failure.then == Then::Register {
            self.order.next_try = None;
        }
        self.order.trouble = Some(failure.message.clone());
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
