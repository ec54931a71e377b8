//! Who may come in, and with what.

mod rates;

pub(crate) use rates::Rates;

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use keyturn_api::{Caller, Code, Problem, Result, Target};
use zeroize::Zeroizing;

use crate::{
    answer::{Inner, Peer},
    respond::Answer,
    routes::Route,
};

/// Largest body. An arbitrary value of 1,000,000 characters fits, however it is escaped.
const BODY_BYTES: usize = 8 << 20;

/// Refuses a host that is not one of ours. A page whose name leads to this computer sends its own
/// name (DNS rebinding).
pub(crate) fn host(inner: &Inner, head: &Parts) -> Result<()> {
    let mut hosts = head.headers.get_all(header::HOST).iter();
    let named = hosts.next().and_then(|host| host.to_str().ok());
    let host = head
        .uri
        .authority()
        .map(http::uri::Authority::as_str)
        .or(named);
    let allowed = host.is_some_and(|host| {
        let name = without_port(host).to_ascii_lowercase();
        matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]")
            || inner
                .config
                .hosts
                .iter()
                .any(|other| other.eq_ignore_ascii_case(&name))
    });
    if allowed && hosts.next().is_none() {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "This server does not answer for this host.",
    )
    .at(Target::header("Host"))
    .remedy("Name the host when the server is started."))
}

fn without_port(host: &str) -> &str {
    match host.rfind(':') {
        Some(at) if !host.ends_with(']') => &host[..at],
        _ => host,
    }
}

/// Refuses requests that a page of a browser made: clients of an API send no origin.
pub(crate) fn browser(headers: &HeaderMap) -> Result<()> {
    let foreign = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "none" && site != "same-origin");
    if headers.contains_key(header::ORIGIN) || foreign {
        return Err(
            Problem::new(Code::Forbidden, "Pages of a browser cannot use this API.")
                .at(Target::header("Origin")),
        );
    }
    Ok(())
}

/// Who comes with the token in the one `Authorization` header.
pub(crate) fn authenticate(inner: &Inner, headers: &HeaderMap) -> Result<Caller> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let token = given.next().and_then(bearer);
    let (Some(token), None) = (token, given.next()) else {
        return Err(unauthorized());
    };
    inner.keys.authenticate(token)
}

/// The token of `Bearer <token>` (RFC 6750); the scheme is read in any case.
fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn unauthorized() -> Problem {
    Problem::new(
        Code::Unauthorized,
        "The request needs one Authorization header with a bearer token.",
    )
    .at(Target::header("Authorization"))
    .remedy("Exchange an API key for a token at /identity/token.")
}

/// Holds callers to the rate.
pub(crate) fn rate(inner: &Inner, peer: Option<Peer>) -> Result<()> {
    let local = |peer: Peer| peer.address.is_none_or(|address| address.is_loopback());
    if peer.is_none_or(local) && !inner.config.limit_loopback {
        return Ok(());
    }
    inner.rates.request(peer)
}

/// JSON only, and merge-patches where something is changed. A form, which a page could send without
/// asking, is taken by the token exchange alone.
pub(crate) fn content_type(route: &Route, headers: &HeaderMap) -> Result<()> {
    let wanted: &[&str] = match route.method {
        Method::PATCH => &["application/merge-patch+json", "application/json"],
        Method::POST if route.operation == "token" => &["application/x-www-form-urlencoded"],
        Method::POST | Method::PUT => &["application/json"],
        _ => return Ok(()),
    };
    let given = headers.get(header::CONTENT_TYPE);
    let empty = headers
        .get(header::CONTENT_LENGTH)
        .is_none_or(|length| length == "0")
        && !headers.contains_key(header::TRANSFER_ENCODING);
    let kind = given.and_then(|value| value.to_str().ok()).map(|text| {
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    });
    match kind {
        None if given.is_none() && empty => Ok(()),
        Some(kind) if wanted.contains(&kind.as_str()) => Ok(()),
        _ => Err(Problem::new(
            Code::BadRequest,
            format!("The body of this request is {}.", wanted[0]),
        )
        .at(Target::header("Content-Type"))),
    }
}

/// The address that the caller used, without a path.
pub(crate) fn origin(headers: &HeaderMap, peer: Option<Peer>) -> String {
    let scheme = if peer.is_some_and(|peer| peer.tls) {
        "https"
    } else {
        "http"
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    format!("{scheme}://{}", host.unwrap_or("localhost"))
}

/// Reads the body of a request that is refused, and forgets it: a client that is still sending would
/// else see a broken connection instead of the answer.
pub(crate) async fn drain(body: axum::body::Body) {
    let mut body = Limited::new(body, BODY_BYTES);
    let reading = async { while let Some(Ok(_)) = body.frame().await {} };
    let _ = tokio::time::timeout(DRAIN_TIME, reading).await;
}

/// Longest time for the body of a request that is refused.
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// The whole body, as long as it is not too large.
pub(crate) async fn body(
    body: axum::body::Body,
) -> std::result::Result<Zeroizing<Vec<u8>>, Answer> {
    let read = Limited::new(body, BODY_BYTES).collect().await;
    match read {
        Ok(collected) => {
            let bytes = collected.to_bytes();
            // One buffer that is ours alone is wiped; a shared one cannot be.
            let mut whole = Zeroizing::new(Vec::with_capacity(bytes.len()));
            whole.extend_from_slice(&bytes);
            if let Ok(mut received) = bytes.try_into_mut() {
                received.fill(0);
            }
            Ok(whole)
        }
        Err(error) if error.is::<LengthLimitError>() => {
            let problem = Problem::new(
                Code::BadRequest,
                format!("The body is larger than {} MiB.", BODY_BYTES >> 20),
            );
            Err(Answer::refused_as(StatusCode::PAYLOAD_TOO_LARGE, &problem))
        }
        Err(_) => {
            let problem = Problem::new(Code::BadRequest, "The body did not arrive as a whole.");
            Err(Answer::refused(&problem))
        }
    }
}
