//! Secret groups and locks.

use serde_json::{Map, Value, json};

use super::body;
use crate::{
    NewLocks, NewSecretGroup, SecretGroupPatch,
    wire::{Json, configuration::object, secret::write},
};

/// The body of `create_secret_group`.
pub fn new_group(new: &NewSecretGroup) -> Json {
    let members = json!({ "name": new.name, "description": new.description });
    body(object(Ok(members)))
}

/// The body of `update_secret_group`.
pub fn group_patch(patch: &SecretGroupPatch) -> Json {
    let members = json!({ "name": patch.name, "description": patch.description });
    body(object(Ok(members)))
}

/// The body of `create_secret_locks_bulk` and `create_secret_version_locks_bulk`; the mode stands in
/// the query ([`lock_mode`](super::lock_mode)).
pub fn new_locks(new: &NewLocks) -> Json {
    let lock = |lock: &crate::NewLock| -> Map<String, Value> {
        let mut members = object(Ok(json!({
            "name": lock.name, "description": lock.description, "attributes": lock.attributes,
        })));
        members.retain(|_, value| !value.is_null());
        members
    };
    let locks: Vec<_> = new.locks.iter().map(lock).collect();
    write(&json!({ "locks": locks }))
}
