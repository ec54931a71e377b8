//! IBM Cloud's Identity and Access Management over HTTP: API keys are exchanged for tokens, and service
//! IDs with their API keys and groups are made and removed.
//!
//! A [`TokenSource`] keeps one token and gets another one when 80 % of its life has passed. However
//! many calls wait for a token, one of them asks for it.
//!
//! [`Account`] is what an identity may do in its account. Everything it makes has a marker by which it
//! is found again, for an answer can be lost.
//!
//! **Invariant:** an API key goes to the address of IAM and nowhere else, over HTTPS or within this
//! computer, and never into a text.

mod account;
mod api_key;
mod call;
mod error;
mod exchange;
mod group;
mod service_id;
mod source;

pub use account::Account;
pub use api_key::{ApiKey, MadeApiKey, NewApiKey};
pub use error::Error;
pub use service_id::{NewServiceId, ServiceId};
pub use source::{Settings, TokenSource};
