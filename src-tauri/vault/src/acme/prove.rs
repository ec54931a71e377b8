//! The authorizations of an order: what they want to see, telling that it is there, and looking.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use keyturn_acme::{
    Authorization, AuthorizationStatus, ChallengeStatus, Order, Session, Url, parse_url,
};

use super::{
    begin::Ground,
    drive::{AT_ONCE, Work, jiff_millis},
    failure::{Failure, Then},
    provider,
};
use crate::records::AuthorizationRecord;

/// A challenge that still waits so long after it was answered was not: the answer was lost.
/// Milliseconds. Until then it is not answered again, for some authorities begin anew each time.
const LOST: i64 = 60_000;
/// Between two renewals of the claim: no longer than one request may take.
const BATCH: usize = AT_ONCE;

impl Work<'_> {
    /// Reads the authorizations of an order that was just placed, with their challenges.
    pub(super) async fn read_authorizations(
        &mut self,
        session: &Session<'_>,
        placed: Option<Order>,
    ) -> Result<(), Failure> {
        let order = if let Some(order) = placed {
            order
        } else {
            let url = self.order.url.as_deref().unwrap_or_default();
            let read = session.order(&parse_url(url)?).await;
            read.map_err(|error| self.unless_gone(error))?.value
        };
        // it may list no more than was asked for, and nothing else
        if order.authorizations.len() > self.order.names.len() {
            return Err(Failure::foreign("more authorizations than names"));
        }
        let read = stream::iter(order.authorizations)
            .map(|url| async move {
                let answer = session.authorization(&url).await?;
                Ok::<_, keyturn_acme::Error>((url, answer.value))
            })
            .buffered(AT_ONCE)
            .try_collect::<Vec<_>>()
            .await
            .map_err(|error| self.unless_gone(error))?;
        self.order.expires = order.expires.map(jiff_millis);
        let records: Result<Vec<_>, Failure> = read
            .into_iter()
            .map(|(url, authorization)| record_of(session, &url, &authorization))
            .collect();
        let records = records?;
        if let Some(other) = records
            .iter()
            .find(|one| !self.order.names.contains(&one.domain))
        {
            return Err(Failure::foreign(&format!("a proof for {}", other.domain)));
        }
        self.order.authorizations = records;
        self.order.trouble = None;
        self.order.tries = 0;
        if self.order.waits_for_person() {
            self.order.claim = None; // whichever program the person comes back to goes on
        }
        self.save().await
    }

    /// Tells the authority that records are in place, once they are, and looks what it found. How
    /// long it asks to wait.
    pub(super) async fn prove(
        &mut self,
        session: &Session<'_>,
        ground: &Ground,
    ) -> Result<Option<Duration>, Failure> {
        if let Some(dns) = &ground.dns
            && self.order.validate_at.is_none()
        {
            provider::provide(self, dns).await?;
            self.order.validate_at = Some(self.now());
        }
        let open: Vec<usize> = (0..self.order.authorizations.len())
            .filter(|at| self.order.authorizations[*at].status != AuthorizationRecord::VALID)
            .collect();
        let now = self.now();
        let is_unanswered = |one: &AuthorizationRecord| one.answered_at.is_none();
        if open
            .iter()
            .any(|at| is_unanswered(&self.order.authorizations[*at]))
        {
            return self.answer_all(session, &open, now).await;
        }
        let mut asked = None;
        let mut changed = false;
        for batch in open.chunks(BATCH) {
            self.hold().await?;
            let records = self.order.authorizations.iter().cloned().enumerate();
            let records: Vec<_> = records.filter(|(at, _)| batch.contains(at)).collect();
            let looks = stream::iter(records)
                .map(|(at, record)| async move {
                    Ok::<_, Failure>((at, look(session, &record, now).await?))
                })
                .buffer_unordered(AT_ONCE)
                .try_collect::<Vec<_>>()
                .await?;
            for (at, looked) in looks {
                asked = asked.max(looked.retry_after);
                let record = &mut self.order.authorizations[at];
                changed |= record.status != looked.status || looked.answered_again;
                record.status = looked.status;
                if looked.answered_again {
                    record.answered_at = Some(now);
                }
            }
        }
        if changed {
            self.save().await?;
        }
        Ok(asked)
    }

    /// Answers all challenges; that it was done is stored first.
    async fn answer_all(
        &mut self,
        session: &Session<'_>,
        open: &[usize],
        now: i64,
    ) -> Result<Option<Duration>, Failure> {
        for at in open {
            let record = &mut self.order.authorizations[*at];
            record.answered_at = Some(now);
            record.status = AuthorizationRecord::PROCESSING;
        }
        self.save().await?;
        let mut asked = None;
        for batch in open.chunks(BATCH) {
            self.hold().await?;
            let urls: Result<Vec<Url>, _> = batch
                .iter()
                .map(|at| parse_url(&self.order.authorizations[*at].challenge_url))
                .collect();
            let answers = stream::iter(urls?)
                .map(|url| async move { answer(session, &url).await })
                .buffer_unordered(AT_ONCE)
                .try_collect::<Vec<_>>()
                .await?;
            asked = answers.into_iter().flatten().max().max(asked);
        }
        Ok(asked)
    }
}

/// Answers a challenge. What the authority does not want to hear any more, it says of the
/// authorization, which is looked at next.
async fn answer(session: &Session<'_>, url: &Url) -> Result<Option<Duration>, Failure> {
    match session.respond(url).await {
        Ok(answer) => Ok(answer.retry_after),
        Err(error) => match Failure::from(error) {
            failure if matches!(failure.then, Then::Refused | Then::GiveUp) => Ok(None),
            failure => Err(failure),
        },
    }
}

/// How an authorization stands.
struct Looked {
    status: u8,
    retry_after: Option<Duration>,
    answered_again: bool,
}

/// Looks at an authorization whose challenge was answered.
async fn look(
    session: &Session<'_>,
    record: &AuthorizationRecord,
    now: i64,
) -> Result<Looked, Failure> {
    let answer_of = session.authorization(&parse_url(&record.url)?).await?;
    let challenge = answer_of.value.dns_challenge();
    let mut looked = Looked {
        status: AuthorizationRecord::PROCESSING,
        retry_after: answer_of.retry_after,
        answered_again: false,
    };
    match answer_of.value.status {
        AuthorizationStatus::Valid => looked.status = AuthorizationRecord::VALID,
        AuthorizationStatus::Pending => {
            let waits = challenge.is_none_or(|one| one.status == ChallengeStatus::Pending);
            // a clock that was set back counts as time that passed
            let since = record.answered_at.map_or(LOST, |at| (now - at).abs());
            if waits && since >= LOST {
                looked.retry_after = answer(session, &parse_url(&record.challenge_url)?).await?;
                looked.answered_again = true;
            }
        }
        _ => {
            // the order says it too, with all that is wrong
            if let Some(problem) = challenge.and_then(|one| one.error.as_ref()) {
                return Err(Failure::of_challenge(&record.domain, problem));
            }
            looked.status = AuthorizationRecord::INVALID;
        }
    }
    Ok(looked)
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
        answered_at: None,
    })
}
