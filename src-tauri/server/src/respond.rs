//! Answers as HTTP has them. The one place that knows status codes.

use http::{StatusCode, header};
use keyturn_api::{Code, Problem};
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

/// What an operation answers: a status and, but for 204, JSON.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Wiped when it is dropped: it may hold a value.
    pub(crate) body: Zeroizing<Vec<u8>>,
    pub(crate) content_type: &'static str,
    /// Seconds after which the request may be made again.
    pub(crate) retry_after: Option<u32>,
    /// Names this answer where somebody reports a problem.
    pub(crate) trace: Uuid,
}

/// Where IBM's clients look for the trace.
const TRACE: &str = "x-global-transaction-id";

pub(crate) const JSON: &str = "application/json";

impl Answer {
    pub(crate) fn ok(body: impl Into<Body>) -> Self {
        Self::with(StatusCode::OK, body)
    }

    pub(crate) fn created(body: impl Into<Body>) -> Self {
        Self::with(StatusCode::CREATED, body)
    }

    pub(crate) fn no_content() -> Self {
        Self::with(StatusCode::NO_CONTENT, Vec::new())
    }

    pub(crate) fn with(status: StatusCode, body: impl Into<Body>) -> Self {
        Self {
            status,
            body: body.into().0,
            content_type: JSON,
            retry_after: None,
            trace: Uuid::new_v4(),
        }
    }

    /// IBM's error container (API Handbook).
    pub(crate) fn refused(problem: &Problem) -> Self {
        Self::refused_as(status(problem.code), problem)
    }

    /// The same with a status of HTTP's own.
    pub(crate) fn refused_as(status: StatusCode, problem: &Problem) -> Self {
        let trace = Uuid::new_v4();
        let mut error = json!({
            "code": problem.code,
            "message": sentence(problem),
        });
        if let Some(target) = &problem.target {
            error["target"] = json!(target);
        }
        let container = json!({
            "errors": [error],
            "trace": trace,
            "status_code": status.as_u16(),
        });
        Self {
            trace,
            ..Self::with(status, container)
        }
    }

    /// As axum sends it.
    pub(crate) fn into_response(self) -> axum::response::Response {
        let mut response = http::Response::builder()
            .status(self.status)
            // values are nobody's to keep on the way
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(TRACE, self.trace.to_string());
        if !self.body.is_empty() {
            response = response.header(header::CONTENT_TYPE, self.content_type);
        }
        if let Some(seconds) = self.retry_after {
            response = response.header(header::RETRY_AFTER, seconds);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response = response.header(header::WWW_AUTHENTICATE, "Bearer");
        }
        let body = axum::body::Body::from(bytes::Bytes::from_owner(Wiped(self.body)));
        response.body(body).unwrap_or_default()
    }
}

/// A body that is wiped once it was sent.
struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What an answer can be made of.
pub(crate) struct Body(Zeroizing<Vec<u8>>);

impl From<Zeroizing<Vec<u8>>> for Body {
    fn from(json: Zeroizing<Vec<u8>>) -> Self {
        Self(json)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        serde_json::to_vec(&value).unwrap_or_default().into()
    }
}

/// What went wrong and what to do, as one text: the container has one place for it.
fn sentence(problem: &Problem) -> String {
    match &problem.remedy {
        Some(remedy) => format!("{} {remedy}", problem.message),
        None => problem.message.clone(),
    }
}

/// API v2 documents few of these; the others are the usual ones of IBM's services.
fn status(code: Code) -> StatusCode {
    match code {
        Code::Ambiguous => StatusCode::MULTIPLE_CHOICES,
        Code::Unauthorized => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::NameTaken | Code::Conflict | Code::LimitReached | Code::NotEmpty => {
            StatusCode::CONFLICT
        }
        Code::Locked => StatusCode::PRECONDITION_FAILED,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::VaultLocked
        | Code::RecoveryRequired
        | Code::Busy
        | Code::ReadOnly
        | Code::Permissions => StatusCode::SERVICE_UNAVAILABLE,
        Code::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::Damaged | Code::NotAVault | Code::NewerFormat | Code::Io => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        _ => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_ibms_container() {
        let problem = Problem::field("payload", "The field payload is missing.");
        let answer = Answer::refused(&problem);
        let container: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(container["status_code"], 400);
        assert_eq!(container["errors"][0]["code"], "bad_request");
        assert_eq!(container["errors"][0]["target"]["type"], "field");
        assert!(Uuid::parse_str(container["trace"].as_str().unwrap()).is_ok());
    }

    #[test]
    fn a_lock_is_a_precondition_and_a_taken_name_a_conflict() {
        assert_eq!(status(Code::Locked).as_u16(), 412);
        assert_eq!(status(Code::NameTaken).as_u16(), 409);
        assert_eq!(status(Code::NotSupported).as_u16(), 400);
    }
}
