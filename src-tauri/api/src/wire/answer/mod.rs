//! Answers of API v2 become the contract's types: those of IBM's service and those of a Keyturn
//! server. What an answer holds is hostile until it was read; what this program does not know of it is
//! kept ([`Other`](crate::Other)), and values go from the answer into what is wiped.
//!
//! Choices: `null` counts as absent; points in time are kept to the second, in UTC; private keys and
//! passwords that a configuration or a managed request shows are wiped and stand there as empty texts,
//! as our own server answers them.

mod action;
mod configuration;
mod group;
mod lock;
mod members;
mod page;
mod payload;
mod problem;
mod secret;
mod tolerance;
mod version;
mod view;

pub use action::action_outcome;
pub use configuration::{configuration, configurations};
pub use group::{secret_group, secret_groups};
pub use lock::{locks, secret_locks, secrets_locks};
pub use problem::problem;
pub use secret::{secret, secret_metadata, secrets};
pub use version::{version, version_metadata, versions};

pub(super) use view::SECRET_REVISION;

use crate::{Code, Problem};

/// The refusal of an answer that cannot be read. `what` is what was asked for; of the answer itself
/// nothing is repeated.
fn not_understood(what: &str) -> Problem {
    Problem::new(
        Code::Io,
        format!("The instance answered something that is not understood. It was asked for {what}."),
    )
    .remedy("Check that its address is one of Secrets Manager, API v2.")
}

#[cfg(test)]
mod tests;
