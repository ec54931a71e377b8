//! Brings an order as far as it can: what the authority says of it decides what comes next, so it does
//! not matter where it was left.

use std::time::{Duration, Instant};

use keyturn_acme::{AuthorizationStatus, Order, OrderStatus, ProblemType, Session, Url, parse_url};
use uuid::Uuid;

use super::{
    account::Account,
    begin::{Ground, find_ground, not_begun},
    failure::Failure,
};
use crate::{
    opened::Opened,
    records::{AuthorizationRecord, OrderRecord, Outcome},
};

/// Questions to the authority under way at once.
pub(super) const AT_ONCE: usize = 8;
/// Between two looks at something that the authority works on: at first, and at most.
const FIRST_LOOK: Duration = Duration::from_millis(40);
const LAST_LOOK: Duration = Duration::from_secs(5);
/// Longer waits are left to whoever runs the orders.
const PATIENCE: Duration = Duration::from_secs(20);
/// After so long at one step others get their turn, for a minute.
const TURN: Duration = Duration::from_secs(180);
const OTHERS: Duration = Duration::from_secs(60);
/// Between two questions for an order whose time is over by our clock and not by the authority's.
const LAPSED: i64 = 600_000;

/// Where an order halts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// There is nothing to do before then, by the vault's clock: milliseconds.
    Until(i64),
    /// It ended, or somebody changed it: look again.
    Again,
    /// There is nothing to do any more.
    Done,
}

/// An order that is worked on; `revision` is that of its record.
pub(super) struct Work<'a> {
    pub(super) vault: &'a Opened,
    pub(super) id: Uuid,
    pub(super) order: OrderRecord,
    pub(super) revision: u64,
}

/// The pauses between looks at one state, longer each time.
struct Looks {
    state: OrderStatus,
    pause: Duration,
    since: Instant,
}

impl Looks {
    fn at(state: OrderStatus) -> Self {
        Self {
            state,
            pause: FIRST_LOOK,
            since: Instant::now(),
        }
    }

    /// Waits, unless the authority asks for more patience than there is here.
    async fn pause(&mut self, asked: Option<Duration>, now: i64) -> Option<i64> {
        let mut pause = self.pause.max(asked.unwrap_or_default());
        if self.since.elapsed() > TURN {
            pause = pause.max(OTHERS);
        }
        if pause > PATIENCE {
            let millis = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
            return Some(now.saturating_add(millis));
        }
        tokio::time::sleep(pause).await;
        self.pause = (self.pause * 2).min(LAST_LOOK);
        None
    }
}

impl Work<'_> {
    pub(super) fn now(&self) -> i64 {
        self.vault.now().millis()
    }

    /// Goes on with the order until it halts.
    pub(super) async fn drive(&mut self) -> Result<Halt, Failure> {
        if self.order.outcome() != Outcome::UnderWay {
            return self.after().await;
        }
        if let Some(halt) = self.rests_with_person() {
            return Ok(halt);
        }
        let ground = find_ground(self.vault, &self.order.ca, &self.order.dns)
            .map_err(|problem| not_begun(&problem).unwrap_or_else(|| Failure::of_vault(problem)))?;
        self.hold().await?;
        let account = Account::open(self.vault, &ground.ca).await?;
        let session = account.client.session(&account.key, account.url.clone());
        let placed = match self.order.url {
            None => Some(self.place(&session, &account).await?),
            Some(_) => None,
        };
        if self.order.authorizations.is_empty() {
            self.read_authorizations(&session, placed).await?;
            if let Some(halt) = self.rests_with_person() {
                return Ok(halt);
            }
        }
        self.follow(&session, &account, &ground).await
    }

    /// Whether the person is to set records first. Whether there is still time for it says the
    /// authority, once it seems over: clocks differ.
    fn rests_with_person(&self) -> Option<Halt> {
        if !self.order.waits_for_person() {
            return None;
        }
        match self.order.lapses() {
            Some(end) if end <= self.now() => None,
            end => Some(Halt::Until(end.unwrap_or(i64::MAX))),
        }
    }

    async fn follow(
        &mut self,
        session: &Session<'_>,
        account: &Account,
        ground: &Ground,
    ) -> Result<Halt, Failure> {
        let url = self.order_url()?;
        let mut looks: Option<Looks> = None;
        loop {
            self.vault.still_open().map_err(Failure::of_vault)?;
            self.hold().await?;
            let read = session.order(&url).await;
            let read = read.map_err(|error| self.unless_gone(error))?;
            let order = read.value;
            if looks
                .as_ref()
                .is_none_or(|looks| looks.state != order.status)
            {
                looks = Some(Looks::at(order.status));
            }
            let asked = match order.status {
                OrderStatus::Pending if self.order.waits_for_person() => {
                    return self.put_off(self.now() + LAPSED).await;
                }
                OrderStatus::Pending => self.prove(session, ground).await?,
                OrderStatus::Ready => match self.finalize(session, &order).await? {
                    Finalized::Valid(order) => return self.finish(session, account, &order).await,
                    Finalized::Look(asked) => asked,
                },
                OrderStatus::Processing | OrderStatus::Unknown => read.retry_after,
                OrderStatus::Valid => return self.finish(session, account, &order).await,
                OrderStatus::Invalid => return Err(self.why_invalid(session, &order).await),
            };
            self.is_well().await?;
            if let Some(looks) = &mut looks
                && let Some(until) = looks.pause(asked, self.now()).await
            {
                return self.put_off(until).await;
            }
        }
    }

    async fn put_off(&mut self, until: i64) -> Result<Halt, Failure> {
        self.order.next_try = Some(until);
        self.order.claim = None;
        self.save().await?;
        Ok(Halt::Until(until))
    }

    /// A step succeeded: what went wrong before is over.
    async fn is_well(&mut self) -> Result<(), Failure> {
        let order = &mut self.order;
        if order.trouble.take().is_none() && order.tries == 0 && order.next_try.is_none() {
            return Ok(());
        }
        order.tries = 0;
        order.next_try = None;
        self.save().await
    }

    /// An order that the authority has forgotten is over; anything else passes.
    pub(super) fn unless_gone(&self, error: keyturn_acme::Error) -> Failure {
        let gone = error
            .problem()
            .is_some_and(|problem| matches!(problem.status, Some(404 | 410)));
        if gone && !error.is_account_unknown() {
            return self.lapsed(
                "order_gone",
                "The authority does not know the order any more.",
            );
        }
        error.into()
    }

    /// Why an order is over of which nothing more is said.
    fn lapsed(&self, code: &str, message: &str) -> Failure {
        match self.order.lapses() {
            Some(end) if end <= self.now() => Failure::for_good(
                "order_expired",
                "The order was not validated in time. Its challenges are no longer valid.",
            ),
            _ => Failure::for_good(code, message),
        }
    }

    fn order_url(&self) -> Result<Url, Failure> {
        let url = self.order.url.as_deref().unwrap_or_default();
        Ok(parse_url(url)?)
    }

    /// Asks for the certificate. What was asked already, and not yet seen by all of the authority's
    /// servers, is looked at again.
    async fn finalize(&self, session: &Session<'_>, order: &Order) -> Result<Finalized, Failure> {
        let csr = self.request()?;
        match session.finalize(&order.finalize, &csr).await {
            Ok(answer) if answer.value.status == OrderStatus::Valid => {
                Ok(Finalized::Valid(Box::new(answer.value)))
            }
            Ok(answer) => Ok(Finalized::Look(answer.retry_after)),
            Err(error) if error.is(&ProblemType::OrderNotReady) => {
                Ok(Finalized::Look(error.retry_after))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the authority says of an order that is dead: of its challenges first, which say more.
    async fn why_invalid(&mut self, session: &Session<'_>, order: &Order) -> Failure {
        for at in 0..self.order.authorizations.len() {
            let url = parse_url(&self.order.authorizations[at].url);
            let Ok(url) = url else { continue };
            let Ok(read) = session.authorization(&url).await else {
                continue;
            };
            if read.value.status == AuthorizationStatus::Valid {
                continue;
            }
            let problem = read
                .value
                .challenges
                .iter()
                .find_map(|one| one.error.clone());
            if let Some(problem) = problem {
                let record = &mut self.order.authorizations[at];
                record.status = AuthorizationRecord::INVALID;
                return Failure::of_challenge(&record.domain, &problem);
            }
        }
        order.error.as_ref().map_or_else(
            || self.lapsed("order_invalid", "The authority gave the order up."),
            Failure::of_problem,
        )
    }
}

/// What came of asking for the certificate.
enum Finalized {
    /// It is there.
    Valid(Box<Order>),
    /// The authority works on it; it asked for so long a pause.
    Look(Option<Duration>),
}

pub(super) fn jiff_millis(time: jiff::Timestamp) -> i64 {
    time.as_millisecond()
}
