//! Groups and locks as JSON.

use serde_json::{Map, Value};

use super::{configuration::object, known::restore};
use crate::{Lock, SecretGroup};

/// `SecretGroup`, with what this program does not know of it.
pub fn secret_group(group: &SecretGroup) -> Value {
    Value::Object(group_members(group))
}

/// `SecretLock`, with what this program does not know of it.
pub fn lock(lock: &Lock) -> Value {
    Value::Object(lock_members(lock))
}

pub(super) fn group_members(group: &SecretGroup) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(group));
    restore(&mut members, "");
    members
}

pub(super) fn lock_members(lock: &Lock) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(lock));
    restore(&mut members, "");
    members
}
