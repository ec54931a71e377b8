//! Requests of API v2 as a client writes them, for IBM's service and for a Keyturn server: the inverse
//! of what [`wire`](super) reads. Bodies may hold values and are wiped.
//!
//! Members beyond API v2 (`reminder`, `contact` and the like) are written only where they are set.

mod configuration;
mod group_and_lock;
mod patch;
mod query;
mod secret;
mod version;

pub use configuration::{configuration_action, configuration_patch, new_configuration};
pub use group_and_lock::{group_patch, new_group, new_locks};
pub use patch::{secret_patch, version_patch};
pub use query::{
    asks_beyond, list_configurations, list_locks, list_secrets, list_secrets_beyond,
    list_secrets_locks, lock_mode, lock_names,
};
pub use secret::{new_secret, secret_action};
pub use version::new_version;

use serde_json::{Map, Value};

use super::{Json, secret::write};

/// An object that holds no value, without what is `null`.
fn body(mut members: Map<String, Value>) -> Json {
    members.retain(|_, value| !value.is_null());
    write(&members)
}

#[cfg(test)]
mod tests;
