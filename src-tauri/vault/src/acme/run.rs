//! Going on with orders: each by one program at a time, until it halts.

use std::{collections::HashMap, sync::Arc, time::Duration};

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
    workers::{Busy, claimed_until},
};
use crate::{
    opened::Opened,
    records::{OrderRecord, Outcome},
};

/// Orders under way at once.
const AT_ONCE: usize = 16;
/// Between two looks at an order that another one of this program works on.
const BUSY: Duration = Duration::from_millis(30);
/// How long creation waits for the challenges, so that its answer has them.
const FIRST_STEP: Duration = Duration::from_secs(10);
/// Seconds until the next try, by the number of those that failed.
const DELAYS: [i64; 6] = [2, 10, 60, 300, 900, 3600];
/// Milliseconds.
const DAY: i64 = 86_400_000;
/// An order that the authority never took is given up after a day, and after so many tries: a clock
/// that jumps is no reason.
const UNPLACED_TRIES: u32 = 5;
/// How often an account is made anew for one order.
const REGISTRATIONS: u32 = 3;

/// Where an order was left.
#[derive(Clone, Copy)]
struct Halted {
    /// When it has work again, milliseconds; none: not before somebody changes it.
    until: Option<i64>,
    /// That of its record; none: another task of this program is at it.
    revision: Option<u64>,
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
    // none: it is being worked on
    let mut known: HashMap<Uuid, Option<Halted>> = HashMap::new();
    loop {
        changed.mark_unchanged();
        let now = vault.now().millis();
        for id in OrderRecord::with_work(vault)? {
            let pause = match known.get(&id) {
                None => Duration::ZERO,
                Some(None) => continue,
                Some(Some(halted)) => match look_again(vault, id, *halted, now) {
                    // one that halted before gets a moment, so that nothing can make this spin
                    None => BUSY,
                    later => {
                        known.insert(id, later);
                        continue;
                    }
                },
            };
            if running.len() < AT_ONCE {
                known.insert(id, None);
                running.push(async move {
                    tokio::time::sleep(pause).await;
                    (id, advance(vault, id).await)
                });
            }
        }
        vault.workers.take_ended().into_iter().for_each(&on_end);
        if running.is_empty() {
            let next = known
                .values()
                .flatten()
                .filter_map(|halted| halted.until)
                .min();
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
            vault.still_open()?;
            // one whose record cannot be read keeps no other from going on
            known.insert(id, Some(halted.unwrap_or(Halted::FOR_GOOD)));
        }
    }
}

impl Halted {
    const FOR_GOOD: Self = Self {
        until: None,
        revision: Some(0),
    };
}

/// Whether an order that halted has work after all, because somebody changed it or time passed: none
/// then. Else when to look again.
fn look_again(vault: &Opened, id: Uuid, halted: Halted, now: i64) -> Option<Halted> {
    let Ok(Some((order, revision))) = OrderRecord::read(vault, id) else {
        return Some(Halted::FOR_GOOD);
    };
    let is_due = halted.until.is_some_and(|at| at <= now);
    if halted.revision == Some(revision) && !is_due {
        return Some(halted);
    }
    let until = next_look(&order, vault, now);
    let later = Halted {
        until,
        revision: Some(revision),
    };
    until.is_none_or(|at| at > now).then_some(later)
}

/// When there is something to do about an order; none: when somebody changed it.
fn next_look(order: &OrderRecord, vault: &Opened, now: i64) -> Option<i64> {
    if let Some(at) = waits(order, vault, now) {
        return Some(at);
    }
    match order.outcome() {
        Outcome::UnderWay if order.waits_for_person() => order.lapses(),
        Outcome::UnderWay => Some(now),
        _ if order.provided.is_empty() => order.ask_renewal,
        _ => Some(now),
    }
}

/// Brings a new order to its challenges, if that does not take long and there is a runtime for it.
/// It goes on there whether or not one waits for it: a request that was broken off may have made an
/// order that nobody knows of.
pub(crate) async fn first_step(vault: &Arc<Opened>, id: Uuid) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return;
    };
    let going_on = Arc::clone(vault);
    runtime.spawn(async move { advance(&going_on, id).await });
    let is_placed = || match OrderRecord::read(vault, id) {
        Ok(Some((order, _))) => {
            order.outcome() != Outcome::UnderWay
                || !order.authorizations.is_empty()
                || order.next_try.is_some()
        }
        _ => true,
    };
    let mut changed = vault.changed();
    let placed = async {
        loop {
            changed.mark_unchanged();
            if is_placed() || changed.changed().await.is_err() {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(FIRST_STEP, placed).await;
}

/// Goes on with one order until it halts.
async fn advance(vault: &Opened, id: Uuid) -> Result<Halted> {
    let Some(_busy) = Busy::begin(&vault.workers, id) else {
        // another one of this program is at it: look again in a moment
        tokio::time::sleep(BUSY).await;
        return Ok(Halted {
            until: None,
            revision: None,
        });
    };
    let was_under_way = is_under_way(vault, id)?;
    let until = until_halt(vault, id).await?;
    let Some((order, revision)) = OrderRecord::read(vault, id)? else {
        return Ok(Halted::FOR_GOOD);
    };
    if was_under_way && order.outcome() != Outcome::UnderWay {
        vault.workers.note_end(EndedOrder {
            secret_id: id.hyphenated().to_string(),
            issued: order.outcome() == Outcome::Issued,
        });
    }
    Ok(Halted {
        until,
        revision: Some(revision),
    })
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
        if let Some(at) = waits(&order, vault, now) {
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
fn waits(order: &OrderRecord, vault: &Opened, now: i64) -> Option<i64> {
    // a clock that was set back must not stop anything
    let later = order.next_try.filter(|at| *at > now && *at < now + 2 * DAY);
    claimed_until(order, vault, now).max(later)
}

impl Work<'_> {
    /// Notes a failure: another try later, or the end of the order.
    async fn take(&mut self, failure: &Failure) -> std::result::Result<(), Failure> {
        self.mend_account(failure).await?;
        let now = self.now();
        let under_way = self.order.outcome() == Outcome::UnderWay;
        let unplaced = self.order.url.is_none();
        let over = match failure.then {
            Then::GiveUp => true,
            // once there is an order, only what is said of the order itself ends it, or its time
            Then::Refused => {
                let end = self
                    .order
                    .lapses()
                    .unwrap_or(self.order.ordered_on + 7 * DAY);
                unplaced || end + DAY < now
            }
            Then::Register => self.order.registrations >= REGISTRATIONS,
            Then::Again(_) | Then::Stop => {
                unplaced && now - self.order.ordered_on > DAY && self.order.tries >= UNPLACED_TRIES
            }
        };
        self.order.claim = None;
        if under_way && over {
            mark_failed(&mut self.order, failure);
            return self.save().await;
        }
        self.order.trouble = Some(failure.message.clone());
        if failure.then == Then::Register && self.order.registrations < REGISTRATIONS {
            self.order.registrations += 1;
            self.order.next_try = None;
            return self.save().await;
        }
        let tries = self.order.tries;
        let delay = DELAYS[(tries as usize).min(DELAYS.len() - 1)] * 1000;
        let asked = match failure.then {
            Then::Again(Some(asked)) => i64::try_from(asked.as_millis()).unwrap_or(i64::MAX),
            _ => 0,
        };
        self.order.tries = tries + 1;
        self.order.next_try = Some(now.saturating_add(delay.max(asked).min(DAY)));
        self.save().await
    }
}
