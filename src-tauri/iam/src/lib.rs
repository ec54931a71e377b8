//! IBM Cloud's Identity and Access Management over HTTP: API keys are exchanged for tokens.
//!
//! A [`TokenSource`] keeps one token and gets another one when 80 % of its life has passed. However
//! many calls wait for a token, one of them asks for it.
//!
//! **Invariant:** an API key goes to the address of IAM and nowhere else, over HTTPS or within this
//! computer, and never into a text.

mod error;
mod exchange;
mod source;

pub use error::Error;
pub use source::{Settings, TokenSource};
