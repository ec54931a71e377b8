//! API keys of service IDs, made and removed in IBM Cloud IAM.
//!
//! IAM tells a key once, keeps no copy and knows no transaction with this vault, so each key has a
//! record ([`CredentialRecord`](crate::records::CredentialRecord)) under a random marker that stands in
//! IAM as well: in the name of a service ID that was made for it, and in the description of the key.
//! The record is committed before IAM is asked, together with the version that has the key, and until
//! IAM has removed the key again. What was begun and not finished is looked for by its marker and
//! removed, never begun again blindly.
//!
//! `engine` knows who asks, `make` and `remove` ask, `create`, `rotate` and `lease` are what is made of
//! it, and `run` is what time brings: rotations by policy, keys whose time has ended, removals that
//! failed.

mod create;
mod engine;
mod lease;
mod make;
mod pending;
mod release;
mod remove;
mod rotate;
mod run;
mod state;

pub(crate) use create::{check_creation, first};
pub(crate) use engine::check_engine;
pub(crate) use lease::lease;
pub(crate) use make::{Credential, confirm, give_up};
pub(crate) use pending::{forget_removal, pending_removals, retry_removal};
pub(crate) use release::{check_restorable, delete_data, release, release_all, remove_now};
pub(crate) use rotate::{Wishes, rotate};
pub use run::CredentialsRun;
pub(crate) use state::State;
