//! Answers with the time that a server asks to wait, and the headers they come from.

use std::time::Duration;

use jiff::fmt::rfc2822;
use reqwest::Url;
use reqwest::header::{DATE, HeaderMap, HeaderName, LINK, RETRY_AFTER};

use crate::{limits, url};

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// How long the server asks to wait before it is asked again (RFC 9110 section 10.2.3); at
    /// most [`limits::RETRY_AFTER`], none if it says nothing that can be understood.
    pub retry_after: Option<Duration>,
}

impl<T> Answer<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        Answer {
            value: change(self.value),
            retry_after: self.retry_after,
        }
    }
}

/// A time to wait given in seconds, or as a date. A date counts from the date of the answer: then
/// it does not matter what the clock of this computer shows.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?;
    let wait = if value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty() {
        // More digits than a number can hold ask for a very long time, too.
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        let until = rfc2822::parse(value).ok()?.timestamp();
        let sent = rfc2822::parse(text(headers, &DATE)?).ok()?.timestamp();
        Duration::try_from(until.duration_since(sent)).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(limits::RETRY_AFTER))
}

/// The addresses that a server links with one relation (RFC 8288), in its order.
pub(crate) fn links(headers: &HeaderMap, base: &Url, relation: &str) -> Vec<Url> {
    let values = headers.get_all(LINK).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split('<').skip(1))
        .filter_map(|link| {
            let (target, parameters) = link.split_once('>')?;
            let related = parameters.split([';', ',']).any(|parameter| {
                let value = parameter.trim().strip_prefix("rel=");
                value.is_some_and(|value| value.trim_matches('"') == relation)
            });
            related.then(|| url::from_header(base, target)).flatten()
        })
        .collect()
}

/// A header that is there once and is text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn wait(value: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds_and_dates_are_understood_and_bounded() {
        let sent = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(wait("17", None), seconds(17));
        assert_eq!(
            wait("99999999999999999999999", None),
            Some(limits::RETRY_AFTER)
        );
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", sent), seconds(60));
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT", sent), seconds(0));
        let far = wait("Sat, 06 Nov 2094 08:50:37 GMT", sent);
        assert_eq!(far, Some(limits::RETRY_AFTER));
        for nonsense in ["", "-1", "1.5", "soon", "Sun, 99 Nov 1994 08:50:37 GMT"] {
            assert_eq!(wait(nonsense, sent), None, "{nonsense}");
        }
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT", None), None);
    }

    #[test]
    fn links_are_found_by_their_relation() {
        let base = url::checked("https://ca.example.test/orders").unwrap();
        let mut headers = HeaderMap::new();
        for value in [
            "<https://ca.example.test/dir>;rel=\"index\", </orders?page=2>; rel=\"next\"",
            "<http://ca.example.test/plain>;rel=next",
            "<https://ca.example.test/orders?page=3>;title=x;rel=next",
            "next",
        ] {
            headers.append(LINK, HeaderValue::from_static(value));
        }
        let found = links(&headers, &base, "next");
        let found: Vec<_> = found.iter().map(Url::as_str).collect();
        let page = "https://ca.example.test/orders?page=";
        assert_eq!(found, [format!("{page}2"), format!("{page}3")]);
    }
}
