//! The client's side of ACME (RFC 8555): account keys, accounts, orders, challenges, certificates,
//! and the renewal windows of RFC 9773.
//!
//! A [`Client`] speaks to one directory; a [`Session`] is that client with the key and address of
//! an account. Each call is one step of the protocol and gives an [`Answer`] with the time that the
//! server asks to wait; whoever calls decides when to ask again and what to keep. All that is
//! needed to go on later is the address of the account, of the order, and the keys.
//!
//! All that comes from the server is hostile until it was read: size, count, addresses and text are
//! bounded ([`limits`]). Keys, nonces and tokens appear in no text of an [`Error`].
//!
//! **Invariant:** nothing here stores anything, knows a vault or a rule of ours, waits, or asks for
//! the time, but that TLS checks whether a certificate has expired.

mod account;
mod answer;
mod authorization;
mod certificate;
mod client;
mod directory;
mod error;
mod jws;
mod key;
pub mod limits;
mod nonce;
mod order;
mod problem;
mod renewal;
mod session;
mod text;
mod transport;
mod url;

pub use account::{Account, AccountStatus, ExternalAccount, NewAccount};
pub use answer::Answer;
pub use authorization::{Authorization, AuthorizationStatus, Challenge, ChallengeStatus};
pub use certificate::Chain;
pub use client::{Client, Options};
pub use directory::{Directory, Meta};
pub use error::{Error, ErrorKind, Result};
pub use key::{AccountKey, KeyAlgorithm, KeyRefusal};
pub use order::{Identifier, Order, OrderStatus};
pub use problem::{Problem, ProblemType, Subproblem};
pub use renewal::{RenewalInfo, certificate_id};
pub use reqwest::Url;
pub use session::Session;
pub use url::parse_url;
