//! Brings an order as far as it can: what the authority says of it decides what comes next, so it does
//! not matter where it was left.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use keyturn_acme::{
    Authorization, AuthorizationStatus, ChallengeStatus, Order, OrderStatus, Session, Url,
    parse_url,
};
use uuid::Uuid;

use super::{
    account::Account,
    begin::{Ground, find_ground},
    failure::Failure,
    provider,
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

/// The pauses between looks, longer each time.
struct Looks(Duration);

impl Looks {
    const fn new() -> Self {
        Self(FIRST_LOOK)
    }

    /// Waits, unless the authority asks for more patience than there is here.
    async fn pause(&mut self, asked: Option<Duration>, now: i64) -> Option<i64> {
        let pause = asked.unwrap_or(self.0).max(FIRST_LOOK);
        if pause > PATIENCE {
            let millis = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
            return Some(now.saturating_add(millis));
        }
        tokio::time::sleep(pause).await;
        self.0 = (self.0 * 2).min(LAST_LOOK);
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
        if let Some(halt) = self.waits_for_person()? {
            return Ok(halt);
        }
        let missing = |problem: keyturn_api::Problem| {
            let remedy = problem.remedy.unwrap_or_default();
            Failure::for_good(
                "configuration_missing",
                format!("{} {remedy}", problem.message),
            )
        };
        let ground = find_ground(self.vault, &self.order.ca, &self.order.dns).map_err(missing)?;
        self.hold().await?;
        let account = Account::open(self.vault, &ground.ca).await?;
        let session = account.client.session(&account.key, account.url.clone());
        if self.order.url.is_none() {
            self.place(&session, &account).await?;
        }
        if self.order.authorizations.is_empty() {
            self.read_authorizations(&session).await?;
            if let Some(halt) = self.waits_for_person()? {
                return Ok(halt);
            }
        }
        self.follow(&session, &account, &ground).await
    }

    /// Whether the person is to set records first; refuses an order whose time is over.
    fn waits_for_person(&self) -> Result<Option<Halt>, Failure> {
        let order = &self.order;
        let waits = order.is_manual()
            && order.validate_at.is_none()
            && !order.authorizations.is_empty()
            && !order.is_proven();
        if !waits {
            return Ok(None);
        }
        let ends = self
            .order
            .authorizations
            .iter()
            .filter_map(|one| one.expires);
        let ends = ends.chain(order.expires).min();
        match ends {
            Some(end) if end <= self.now() => Err(Failure::for_good(
                "order_expired",
                "The order was not validated in time. Its challenges are no longer valid.",
            )),
            Some(end) => Ok(Some(Halt::Until(end))),
            None => Ok(Some(Halt::Until(i64::MAX))),
        }
    }

    async fn follow(
        &mut self,
        session: &Session<'_>,
        account: &Account,
        ground: &Ground,
    ) -> Result<Halt, Failure> {
        let mut looks = Looks::new();
        loop {
            self.vault.still_open().map_err(Failure::of_vault)?;
            self.hold().await?;
            let url = self.order_url()?;
            let order = session.order(&url).await?;
            let asked = match order.value.status {
                OrderStatus::Pending => match self.prove(session, ground).await? {
                    Proof::Halt(halt) => return Ok(halt),
                    Proof::Look(asked) => asked,
                },
                OrderStatus::Ready => {
                    let csr = self.request()?;
                    session
                        .finalize(&order.value.finalize, &csr)
                        .await?
                        .retry_after
                }
                OrderStatus::Processing | OrderStatus::Unknown => order.retry_after,
                OrderStatus::Valid => return self.finish(session, account, &order.value).await,
                OrderStatus::Invalid => return Err(self.why_invalid(session, &order.value).await),
            };
            if let Some(until) = looks.pause(asked, self.now()).await {
                self.order.next_try = Some(until);
                self.save().await?;
                return Ok(Halt::Until(until));
            }
        }
    }

    fn order_url(&self) -> Result<Url, Failure> {
        let url = self.order.url.as_deref().unwrap_or_default();
        Ok(parse_url(url)?)
    }

    /// Reads the authorizations of an order that was just placed, with their challenges.
    async fn read_authorizations(&mut self, session: &Session<'_>) -> Result<(), Failure> {
        let order = session.order(&self.order_url()?).await?.value;
        let read = stream::iter(order.authorizations)
            .map(|url| async move {
                let answer = session.authorization(&url).await?;
                Ok::<_, Failure>((url, answer.value))
            })
            .buffered(AT_ONCE)
            .try_collect::<Vec<_>>()
            .await?;
        self.order.expires = order.expires.map(jiff_millis);
        let records: Result<Vec<_>, Failure> = read
            .into_iter()
            .map(|(url, authorization)| record_of(session, &url, &authorization))
            .collect();
        self.order.authorizations = records?;
        self.order.trouble = None;
        self.order.tries = 0;
        if self.waits_for_person()?.is_some() {
            self.order.claim = None; // whichever program the person comes back to goes on
        }
        self.save().await
    }

    /// Tells the authority that records are in place, once they are, and looks what it found.
    async fn prove(&mut self, session: &Session<'_>, ground: &Ground) -> Result<Proof, Failure> {
        if let Some(halt) = self.waits_for_person()? {
            return Ok(Proof::Halt(halt));
        }
        if let Some(dns) = &ground.dns
            && self.order.validate_at.is_none()
        {
            provider::provide(self, dns).await?;
            self.order.validate_at = Some(self.now());
            self.order.trouble = None;
            self.order.tries = 0;
            self.save().await?;
        }
        let records = self.order.authorizations.iter().cloned().enumerate();
        let open: Vec<_> = records
            .filter(|(_, one)| one.status != AuthorizationRecord::VALID)
            .collect();
        let (mut asked, mut changed) = (None, false);
        let looks = stream::iter(open)
            .map(|(at, record)| async move {
                let found = look(session, &record).await?;
                Ok::<_, Failure>((at, found))
            })
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<_>>()
            .await?;
        for (at, (status, retry_after)) in looks {
            asked = asked.max(retry_after);
            let record = &mut self.order.authorizations[at];
            changed |= record.status != status;
            record.status = status;
        }
        if changed {
            self.save().await?;
        }
        Ok(Proof::Look(asked))
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
                return Failure {
                    message: format!(
                        "{}: {}",
                        record.domain,
                        Failure::of_problem(&problem).message
                    ),
                    ..Failure::of_problem(&problem)
                };
            }
        }
        order.error.as_ref().map_or_else(
            || Failure::for_good("order_invalid", "The authority gave the order up."),
            Failure::of_problem,
        )
    }
}

/// How the proof stands.
enum Proof {
    Halt(Halt),
    /// The authority works on it; it asked for so long a pause.
    Look(Option<Duration>),
}

/// Looks at an authorization, and answers its challenge if that was not done.
async fn look(
    session: &Session<'_>,
    record: &AuthorizationRecord,
) -> Result<(u8, Option<Duration>), Failure> {
    let answer = session.authorization(&parse_url(&record.url)?).await?;
    let challenge = answer.value.dns_challenge();
    match answer.value.status {
        AuthorizationStatus::Valid => return Ok((AuthorizationRecord::VALID, None)),
        AuthorizationStatus::Pending => {}
        _ => {
            let problem = challenge.and_then(|one| one.error.clone());
            // the order says it too, with all that is wrong
            return match problem {
                Some(problem) => Err(Failure {
                    message: format!(
                        "{}: {}",
                        record.domain,
                        Failure::of_problem(&problem).message
                    ),
                    ..Failure::of_problem(&problem)
                }),
                None => Ok((AuthorizationRecord::INVALID, None)),
            };
        }
    }
    if challenge.is_none_or(|one| one.status == ChallengeStatus::Pending) {
        let answered = session.respond(&parse_url(&record.challenge_url)?).await?;
        return Ok((AuthorizationRecord::PROCESSING, answered.retry_after));
    }
    Ok((AuthorizationRecord::PROCESSING, answer.retry_after))
}

fn record_of(
    session: &Session<'_>,
    url: &Url,
    authorization: &Authorization,
) -> Result<AuthorizationRecord, Failure> {
    let name = authorization.identifier.value.to_ascii_lowercase();
    let domain = if authorization.wildcard {
        format!("*.{name}")
    } else {
        name.clone()
    };
    let valid = authorization.status == AuthorizationStatus::Valid;
    let challenge = authorization.dns_challenge();
    if challenge.is_none() && !valid {
        return Err(Failure::for_good(
            "no_dns_challenge",
            format!("The authority offers no proof by DNS for {domain}."),
        ));
    }
    let token = challenge.and_then(|one| one.token.as_deref());
    Ok(AuthorizationRecord {
        url: url.to_string(),
        domain,
        challenge_url: challenge.map(|one| one.url.to_string()).unwrap_or_default(),
        record_name: format!("_acme-challenge.{name}."),
        record_value: token
            .map(|token| session.key_authorization_digest(token))
            .unwrap_or_default(),
        status: if valid {
            AuthorizationRecord::VALID
        } else {
            AuthorizationRecord::PENDING
        },
        expires: authorization.expires.map(jiff_millis),
    })
}

pub(super) fn jiff_millis(time: jiff::Timestamp) -> i64 {
    time.as_millisecond()
}
