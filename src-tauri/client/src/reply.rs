//! What comes back, or why nothing did.

use http::HeaderMap;
use keyturn_api::Problem;
use zeroize::Zeroizing;

/// An answer, whatever its status. The body is wiped when it is dropped.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// What it says.
    pub body: Zeroizing<Vec<u8>>,
}

impl Reply {
    /// That of a deletion which took effect.
    pub(crate) fn done() -> Self {
        Self {
            status: 204,
            headers: HeaderMap::new(),
            body: Zeroizing::default(),
        }
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, and what to look at.
    pub problem: Problem,
    /// Whether the request may have taken effect all the same.
    pub maybe_done: bool,
    /// Of a rotation: the version that is there since.
    pub new_version: Option<String>,
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        failure.problem
    }
}

impl From<Problem> for Failure {
    /// Nothing was sent.
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            maybe_done: false,
            new_version: None,
        }
    }
}
