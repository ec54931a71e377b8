//! How often somebody may call: IBM asks for less than 20 requests a second, and guessing keys must
//! not pay.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use keyturn_api::{Code, Problem, Result};

use crate::answer::Peer;

/// Requests a second of one address, and how many may come at once.
const REQUESTS: (u32, u32) = (20, 200);
/// Logins of one address that may fail within the time.
const FAILURES: u32 = 60;
const FAILURE_TIME: Duration = Duration::from_secs(60);

/// The rates of all addresses.
pub(crate) struct Rates {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    /// Failed logins and when the first of them was.
    failures: Mutex<HashMap<IpAddr, (u32, Instant)>>,
}

impl Rates {
    pub(crate) fn new() -> Self {
        let number = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let per_second = Quota::per_second(number(REQUESTS.0)).allow_burst(number(REQUESTS.1));
        Self {
            requests: RateLimiter::keyed(per_second),
            failures: Mutex::default(),
        }
    }

    /// One more request.
    pub(crate) fn request(&self, peer: Option<Peer>) -> Result<()> {
        if self.requests.len() > REMEMBERED {
            self.requests.retain_recent();
        }
        let checked = self.requests.check_key(&address(peer));
        checked.map_err(|_| too_many("requests"))
    }

    /// Refuses a login after many that failed. Asked before the key is looked at, so that guessing on
    /// tells nothing.
    pub(crate) fn login(&self, peer: Option<Peer>) -> Result<()> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        match failures.get(&address(peer)) {
            Some((count, since)) if *count >= FAILURES && since.elapsed() < FAILURE_TIME => {
                Err(too_many("logins that failed"))
            }
            _ => Ok(()),
        }
    }

    /// One more login that failed.
    pub(crate) fn failed_login(&self, peer: Option<Peer>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > REMEMBERED {
            failures.retain(|_, (_, since)| since.elapsed() < FAILURE_TIME);
        }
        let now = Instant::now();
        let (count, since) = failures.entry(address(peer)).or_insert((0, now));
        if since.elapsed() >= FAILURE_TIME {
            (*count, *since) = (0, now);
        }
        *count = count.saturating_add(1);
    }
}

fn address(peer: Option<Peer>) -> IpAddr {
    let address = peer.and_then(|peer| peer.address);
    address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

fn too_many(what: &str) -> Problem {
    Problem::new(Code::RateLimited, format!("There are too many {what}."))
        .remedy("Wait a moment, then try again.")
}

/// Addresses that are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_a_rate_of_its_own() {
        let rates = Rates::new();
        let from = |last: u8| {
            Some(Peer {
                address: Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))),
                tls: true,
            })
        };
        let allowed = (0..500).filter(|_| rates.request(from(1)).is_ok()).count();
        assert!((200..300).contains(&allowed), "{allowed}");
        assert!(rates.request(from(2)).is_ok());

        assert!((0..FAILURES).all(|_| {
            let may = rates.login(from(1)).is_ok();
            rates.failed_login(from(1));
            may
        }));
        assert!(rates.login(from(1)).is_err() && rates.login(from(2)).is_ok());
    }
}
