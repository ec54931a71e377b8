//! One try: a request as it goes out, and its answer read to the end.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use keyturn_api::{Code, Problem};
use reqwest::{Client, Url};
use zeroize::Zeroizing;

use crate::Reply;

/// Largest answer. A page of a thousand secrets has a few megabytes.
const ANSWER_BYTES: usize = 8 * 1024 * 1024;
/// Room for an answer that does not tell its size.
const FIRST_BYTES: usize = 64 * 1024;

/// What is sent, as often as it may be.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    /// Shared by the tries and wiped after the last.
    pub(crate) body: Bytes,
    pub(crate) timeout: Duration,
    /// Repetitions after the first try, at most.
    pub(crate) retries: u32,
    /// Whether nobody there is a reason to try again.
    pub(crate) patient: bool,
}

/// How a try failed.
pub(crate) enum Missed {
    /// No connection came about: nothing was sent.
    Unsent(Problem),
    /// Something was sent, and no answer came back.
    Unanswered(Problem),
    /// An answer came back that is not read; another one would be no better.
    Unreadable(Problem),
}

/// Sends once.
pub(crate) async fn send(
    http: &Client,
    outgoing: &Outgoing,
    token: Option<&str>,
) -> Result<Reply, Missed> {
    let mut headers = outgoing.headers.clone();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if !outgoing.body.is_empty() {
        let content = if outgoing.method == Method::PATCH {
            "application/merge-patch+json"
        } else {
            "application/json"
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content));
    }
    if let Some(token) = token {
        headers.insert(AUTHORIZATION, bearer(token).map_err(Missed::Unsent)?);
    }
    let request = http
        .request(outgoing.method.clone(), outgoing.url.clone())
        .headers(headers)
        .timeout(outgoing.timeout)
        .body(outgoing.body.clone());
    let mut response = request.send().await.map_err(|error| missed(&error))?;
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let told = response.content_length().map(usize::try_from);
    let room = told.map_or(FIRST_BYTES, |told| told.unwrap_or(usize::MAX));
    if room > ANSWER_BYTES {
        return Err(Missed::Unreadable(too_large()));
    }
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    while let Some(chunk) = response.chunk().await.map_err(|error| missed(&error))? {
        if body.len() + chunk.len() > ANSWER_BYTES {
            return Err(Missed::Unreadable(too_large()));
        }
        append(&mut body, &chunk);
    }
    Ok(Reply {
        status,
        headers,
        body,
    })
}

/// Appends without leaving a copy behind when it grows.
fn append(body: &mut Zeroizing<Vec<u8>>, chunk: &[u8]) {
    if body.len() + chunk.len() > body.capacity() {
        let room = (body.len() + chunk.len()).max(2 * body.capacity());
        let mut wider = Zeroizing::new(Vec::with_capacity(room));
        wider.extend_from_slice(body);
        *body = wider;
    }
    body.extend_from_slice(chunk);
}

fn bearer(token: &str) -> Result<HeaderValue, Problem> {
    let text = Zeroizing::new(format!("Bearer {token}"));
    let mut value = HeaderValue::from_str(&text).map_err(|_| {
        Problem::new(
            Code::Unauthorized,
            "The token has characters that a token does not have.",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}

fn too_large() -> Problem {
    Problem::new(
        Code::Io,
        "The answer of the instance is larger than 8 MiB and was not read.",
    )
    .remedy("Ask for fewer rows, with a smaller limit.")
}

const ABSENT: &str = "The instance cannot be reached.";
const LATE: &str = "The instance did not answer in time.";

/// Nothing was sent, for nobody was there.
fn no_answer(message: &str) -> Problem {
    Problem::new(Code::Io, message)
        .remedy("Check the service URL and the network, and that the instance runs.")
}

fn untrusted() -> Problem {
    Problem::new(Code::Io, "The certificate of the instance is not trusted.").remedy(
        "If the instance has a certificate of an authority of your own, name that authority's \
         certificate.",
    )
}

/// The same where the instance exchanges keys itself and that failed; none: it was another reason.
pub(crate) fn not_exchanged(error: &keyturn_iam::Error) -> Option<Problem> {
    match error {
        keyturn_iam::Error::Unreachable => Some(no_answer(ABSENT)),
        keyturn_iam::Error::TimedOut => Some(no_answer(LATE)),
        keyturn_iam::Error::Untrusted => Some(untrusted()),
        _ => None,
    }
}

/// Tells whether a failure came before anything was sent.
fn missed(error: &reqwest::Error) -> Missed {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.is_connect() || error.is_builder() {
        return Missed::Unsent(if error.is_timeout() {
            no_answer(LATE)
        } else if cause.to_string().contains("certificate") {
            untrusted()
        } else {
            no_answer(ABSENT)
        });
    }
    let message = if error.is_timeout() {
        LATE
    } else {
        "The connection broke before the answer was there."
    };
    Missed::Unanswered(Problem::new(Code::Io, message).remedy("Try again."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_grows_whole() {
        let mut body = Zeroizing::new(Vec::with_capacity(4));
        for chunk in [&b"abc"[..], b"defgh", b"", b"i"] {
            append(&mut body, chunk);
        }
        assert_eq!(body.as_slice(), b"abcdefghi");
    }

    #[test]
    fn a_token_is_not_shown_and_not_split_over_headers() {
        assert!(!format!("{:?}", bearer("a.b.c")).contains("a.b.c"));
        assert!(bearer("a\r\nHost: b").is_err());
    }
}
