//! API v1 over API v2: each of its 39 operations as a script of calls to v2, and the answers put
//! into its words. No I/O of its own, and no rule: whoever answers v2 decides, and what it refuses
//! comes through as it is.
//!
//! Choices that the reference leaves open:
//! - the type in the path is compared before anything else is done; another one reads as unknown;
//! - actions answer with the secret, and with its value only where it is a new one;
//! - the policy of a certificate always exists, that of user credentials while it is on;
//! - members that only answers have may stand in a request, as they do in one that was read before:
//!   they are ignored, but for those that would have to change something that cannot be changed.

mod actions;
mod call;
mod configurations;
mod envelope;
mod groups;
mod json;
mod locks;
mod metadata;
mod notifications;
mod policies;
mod query;
mod route;
mod secret;
mod secrets;
mod shape;
mod versions;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use zeroize::Zeroizing;

use crate::Problem;
use call::{Call, Stop};
pub use route::{OPERATIONS, Operation, methods, operation};

/// Methods of both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT; v1 alone has it.
    Put,
    /// PATCH, `application/merge-patch+json`; v2 alone has it.
    Patch,
    /// DELETE.
    Delete,
}

/// A request to v2.
pub struct Ask {
    /// Method.
    pub method: Method,
    /// Path below `/api/v2`, with its query.
    pub path_and_query: String,
    /// Value of the header `X-Sm-Accept-Configuration-Type`.
    pub config_type: Option<&'static str>,
    /// JSON, or nothing.
    pub body: Zeroizing<Vec<u8>>,
}

/// An answer of v2 or v1.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON, or nothing.
    pub body: Zeroizing<Vec<u8>>,
}

/// Whoever answers v2 for the caller of a request.
#[async_trait]
pub trait V2: Send + Sync {
    /// One request.
    async fn call(&self, ask: Ask) -> Answer;
}

/// Answers a request of v1; `path` is the one below `/api/v1`. None: no operation has this method
/// and path. What v2 refused is an answer as well; a problem is what is refused here.
pub async fn answer(
    v2: &dyn V2,
    method: Method,
    path: &str,
    query: &str,
    body: &[u8],
) -> Option<Result<Answer, Problem>> {
    let (operation, parameters) = route::find(method, path)?;
    // IBM's client sends it where there is no body
    let body = if body.trim_ascii() == b"null" {
        b""
    } else {
        body
    };
    let call = match Call::new(v2, parameters, query, body) {
        Ok(call) => call,
        Err(problem) => return Some(Err(problem)),
    };
    Some(match (operation.run)(&call).await {
        Ok(answer) | Err(Stop::Passed(answer)) => Ok(answer),
        Err(Stop::Refused(problem)) => Err(*problem),
    })
}
