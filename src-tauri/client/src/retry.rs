//! What may be repeated, when, and how often.

use std::time::Duration;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, Method};
use jiff::fmt::rfc2822;

/// Repetitions after the first try.
pub(crate) const RETRIES: u32 = 4;
/// The same where there is something else to show meanwhile.
pub(crate) const FEW: u32 = 2;
/// Longest pause that is waited for; as IBM's own clients have it.
const LONGEST: Duration = Duration::from_secs(30);

/// Whether sending it twice does no more than sending it once.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::DELETE)
}

/// Whether an answer asks for another try that changes nothing twice: a request that was refused
/// for its number never took effect, and one that is idempotent may be sent again anyway.
pub(crate) fn may_repeat(method: &Method, status: u16) -> bool {
    match status {
        429 => true,
        502..=504 => is_idempotent(method),
        _ => false,
    }
}

/// The pause before a repetition, the first being number 0; none if the server asks for a longer
/// one than anybody would wait for.
pub(crate) fn pause(number: u32, asked: Option<Duration>, unit: Duration) -> Option<Duration> {
    let back_off = unit.saturating_mul(1 << number.min(8)).min(LONGEST);
    let pause = asked.unwrap_or(back_off);
    (pause <= LONGEST).then_some(pause)
}

/// A time to wait given in seconds, or as a date. A date counts from the date of the answer: then
/// it does not matter what the clock of this computer shows.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = rfc2822::parse(value).ok()?.timestamp();
    let sent = headers.get(DATE)?.to_str().ok()?.trim();
    let sent = rfc2822::parse(sent).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(sent)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_does_nothing_twice_is_repeated() {
        let changing = [Method::POST, Method::PATCH, Method::PUT];
        for method in [Method::GET, Method::HEAD, Method::DELETE] {
            assert!(
                [429, 502, 503, 504]
                    .into_iter()
                    .all(|status| may_repeat(&method, status))
            );
            assert!(
                [200, 400, 404, 500]
                    .into_iter()
                    .all(|status| !may_repeat(&method, status))
            );
        }
        for method in changing {
            assert!(may_repeat(&method, 429));
            assert!(
                [500, 502, 503, 504]
                    .into_iter()
                    .all(|status| !may_repeat(&method, status))
            );
        }
    }

    #[test]
    fn pauses_grow_and_what_the_server_asks_wins() {
        let second = Duration::from_secs(1);
        let seconds = |number| Some(Duration::from_secs(number));
        assert_eq!(pause(0, None, second), seconds(1));
        assert_eq!(pause(3, None, second), seconds(8));
        assert_eq!(pause(40, None, second), seconds(30));
        assert_eq!(pause(0, seconds(7), second), seconds(7));
        assert_eq!(pause(0, seconds(31), second), None);
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        let wait = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
            headers.insert(
                DATE,
                HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"),
            );
            retry_after(&headers)
        };
        let seconds = |number| Some(Duration::from_secs(number));
        assert_eq!(wait("17"), seconds(17));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:57 GMT"), seconds(20));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT"), seconds(0));
        for nonsense in ["", "-1", "soon"] {
            assert_eq!(wait(nonsense), None);
        }
    }
}
