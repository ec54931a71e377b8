//! Why a call gave no answer that can be used.

use std::fmt;
use std::time::Duration;

use reqwest::Url;

use crate::{Problem, ProblemType, text};

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A call that failed. Its text may name the address that was asked and what the server said of the
/// problem; keys, nonces and tokens are in none.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The address that was asked, if one was.
    pub url: Option<Box<Url>>,
    /// How long the server asks to wait before it is asked again.
    pub retry_after: Option<Duration>,
}

/// Kinds of failures that somebody acts upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was given cannot be used; nothing was sent. A sentence says why.
    Setup(String),
    /// No connection, or one that broke: name not found, refused, no TLS. Says what happened.
    Unreachable(String),
    /// No whole answer within the time for one request.
    TimedOut,
    /// The certificate of the server (TLS, not ACME) is not trusted. Says why.
    Untrusted(String),
    /// The answer is none of an ACME server: no directory, no JSON, too large, a redirect. Says what.
    NotAcme(String),
    /// The server refused, and says why (RFC 8555 section 6.7).
    Problem(Box<Problem>),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            url: None,
            retry_after: None,
        }
    }

    pub(crate) fn at(kind: ErrorKind, url: &Url) -> Self {
        Self {
            url: Some(Box::new(url.clone())),
            ..Self::new(kind)
        }
    }

    pub(crate) fn not_acme(url: &Url, what: impl Into<String>) -> Self {
        Self::at(ErrorKind::NotAcme(what.into()), url)
    }

    /// What the server says is wrong, if it said so.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.kind {
            ErrorKind::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        match &self.kind {
            ErrorKind::Unreachable(_) | ErrorKind::TimedOut => true,
            ErrorKind::Problem(problem) => {
                problem.problem_type.is_transient()
                    || matches!(problem.status, Some(408 | 425 | 429 | 500..))
            }
            ErrorKind::Setup(_) | ErrorKind::Untrusted(_) | ErrorKind::NotAcme(_) => false,
        }
    }

    /// Whether the server does not know the account (any more).
    pub fn is_account_unknown(&self) -> bool {
        self.is(&ProblemType::AccountDoesNotExist)
    }

    /// Whether the server refused with a problem of this type.
    pub fn is(&self, problem_type: &ProblemType) -> bool {
        self.problem()
            .is_some_and(|problem| problem.problem_type == *problem_type)
    }
}

/// For a person: what happened, where, and what to do where that is known.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.as_deref();
        let host = url.and_then(|url| url.host_str()).unwrap_or_default();
        let url = url.map(|url| text::shown(url.as_str())).unwrap_or_default();
        match &self.kind {
            ErrorKind::Setup(reason) => write!(f, "{reason}"),
            ErrorKind::Unreachable(reason) => {
                write!(
                    f,
                    "The certificate authority at {host} cannot be reached: {reason}."
                )
            }
            ErrorKind::TimedOut => {
                write!(
                    f,
                    "The certificate authority at {host} did not answer in time."
                )
            }
            ErrorKind::Untrusted(reason) => write!(
                f,
                "The TLS certificate of {host} is not trusted: {reason}. If the certificate \
                 authority is a private one, add its root certificate."
            ),
            ErrorKind::NotAcme(reason) => {
                write!(f, "{url} does not answer as an ACME server: {reason}.")
            }
            ErrorKind::Problem(problem) => {
                write!(f, "The certificate authority at {host} refused: {problem}")
            }
        }
    }
}
