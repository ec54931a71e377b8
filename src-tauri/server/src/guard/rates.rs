//! How often somebody may call: IBM asks for less than 20 requests a second, and guessing keys must
//! not pay.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use keyturn_api::{Code, Problem, Result};

use crate::answer::Peer;

/// Requests a second of one address, and how many may come at once.
const REQUESTS: (u32, u32) = (20, 200);
/// Failed logins a minute of one address, and how many may come at once.
const FAILURES: (u32, u32) = (30, 60);

/// The rates of all addresses.
pub(crate) struct Rates {
    requests: DefaultKeyedRateLimiter<IpAddr>,
    failures: DefaultKeyedRateLimiter<IpAddr>,
}

impl Rates {
    pub(crate) fn new() -> Self {
        let number = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let per_second = Quota::per_second(number(REQUESTS.0)).allow_burst(number(REQUESTS.1));
        let per_minute = Quota::per_minute(number(FAILURES.0)).allow_burst(number(FAILURES.1));
        Self {
            requests: RateLimiter::keyed(per_second),
            failures: RateLimiter::keyed(per_minute),
        }
    }

    /// One more request.
    pub(crate) fn request(&self, peer: Option<Peer>) -> Result<()> {
        check(&self.requests, peer)
    }

    /// One more login that failed.
    pub(crate) fn failed_login(&self, peer: Option<Peer>) -> Result<()> {
        check(&self.failures, peer)
    }
}

/// Addresses that are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

fn check(limiter: &DefaultKeyedRateLimiter<IpAddr>, peer: Option<Peer>) -> Result<()> {
    let address = peer.and_then(|peer| peer.address);
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(&address).map_err(|_| {
        Problem::new(Code::RateLimited, "There are too many requests.")
            .remedy("Wait a moment, then try again.")
    })
}

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
    }
}
