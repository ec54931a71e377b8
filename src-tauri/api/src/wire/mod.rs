//! API v2 as it stands on the wire: requests become what an [`Instance`](crate::Instance) takes,
//! and what it answers becomes JSON. Texts are wiped where they hold values.
//!
//! Choices that the reference leaves open: an unknown field is refused; a value of `null` at creation
//! counts as absent, and in a patch removes what is there; private keys of managed requests, accounts
//! and authorities, and the API key of a configuration, are never given out: their members are empty
//! texts.

mod action;
pub mod answer;
pub use action::{SecretAction, secret_action};

mod body;
pub use body::Body;

mod configuration;
pub use configuration::{
    config_type, configuration, configuration_patch, configurations, listed_configuration,
    new_configuration,
};

mod configuration_action;
pub use configuration_action::{action_outcome, configuration_action};

mod file_payload;
pub use file_payload::{secret_of_file, version_of_file};

mod known;

mod locks;
pub use locks::new_locks;

mod new_secret;
pub use new_secret::new_secret;

mod new_version;
pub use new_version::new_version;

mod pages;
pub use pages::{page, page_of};

mod patch;
pub use patch::{group_patch, new_group, secret_patch, version_patch};

mod plain;
pub use plain::{lock, secret_group};

mod query;
pub use query::Query;

pub mod request;

mod secret;
pub use secret::{Json, secret, secret_metadata, version, version_metadata, write as text_of};

mod viewed;
pub use viewed::{
    configuration_with_view, secret_group_with_view, secret_metadata_with_view, secret_with_view,
    version_metadata_with_view, version_with_view,
};

use crate::{Code, Problem, SecretType};

/// The type is of API v2, and this instance does not have it.
pub fn type_not_supported(secret_type: &str) -> Problem {
    Problem::new(
        Code::NotSupported,
        format!("Secrets of type {secret_type} need a cloud, which this instance is not."),
    )
    .at(crate::Target::field("secret_type"))
}

/// The type with this name, as far as secrets of it can be made here.
fn made_here(name: &str) -> crate::Result<SecretType> {
    let known = SecretType::ALL.into_iter().find(|kind| kind.name() == name);
    let known = known.ok_or_else(|| Problem::field("secret_type", "This is no type of secret."))?;
    match known {
        SecretType::CustomCredentials | SecretType::Other | SecretType::ServiceCredentials => {
            Err(type_not_supported(known.name()))
        }
        _ => Ok(known),
    }
}
