//! A remote instance over API v2: tokens, retries, limits.
//!
//! **Invariants:** a token goes to the host of the instance and nowhere else; an answer is bounded;
//! a request that changes something is never repeated once it may have taken effect.

mod address;
mod attempt;
mod connection;
mod pace;
mod remote;
mod reply;
mod retry;
mod rotation;
mod usual;

pub use connection::{Access, Connection, Settings};
pub use remote::{Allowed, AllowedAction, Cache, Probe, Reach, Remote, ServiceKind, seen_secrets};
pub use reply::{Failure, Reply};
pub use usual::{cloud_url, iam_url};
