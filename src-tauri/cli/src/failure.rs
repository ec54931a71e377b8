//! Why a command failed, and the number it ends with.

use keyturn_api::{Code, Problem};
use zeroize::Zeroizing;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something went wrong on this side, or on the way.
    Problem {
        problem: Problem,
        /// Whether the request may have taken effect all the same.
        maybe_done: bool,
    },
    /// The instance refused, with IBM's error container.
    Refused {
        status: u16,
        body: Zeroizing<Vec<u8>>,
    },
}

impl Failure {
    /// What the program ends with; documented in its help.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Problem {
                maybe_done: true, ..
            } => 6,
            Self::Problem { problem, .. } => match problem.code {
                Code::Unauthorized
                | Code::Forbidden
                | Code::WrongKey
                | Code::VaultLocked
                | Code::KeyringAbsent
                | Code::KeyringLocked
                | Code::KeyringNoEntry
                | Code::KeyringForeignKey => 3,
                Code::NotFound => 4,
                Code::Locked => 5,
                _ => 1,
            },
            Self::Refused { status, .. } => match status {
                401 | 403 => 3,
                404 => 4,
                412 => 5,
                _ => 1,
            },
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem {
            problem,
            maybe_done: false,
        }
    }
}

impl From<keyturn_client::Failure> for Failure {
    fn from(failure: keyturn_client::Failure) -> Self {
        Self::Problem {
            problem: failure.problem,
            maybe_done: failure.maybe_done,
        }
    }
}
