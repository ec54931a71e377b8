//! Changes of secrets and versions: merge-patches (RFC 7386).

use serde_json::{Map, Value, json};

use super::secret::managed;
use crate::{
    Metadata, SecretPatch,
    secret::username_password::PolicyPatch,
    wire::{Json, secret::write},
};

/// The body of `update_secret_metadata` (`SecretMetadataPatch`).
pub fn secret_patch(patch: &SecretPatch) -> Json {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    if let Some(name) = &patch.name {
        put("name", json!(name));
    }
    if let Some(description) = &patch.description {
        put("description", json!(description));
    }
    if let Some(labels) = &patch.labels {
        put("labels", json!(labels));
    }
    if let Some(metadata) = &patch.custom_metadata {
        put("custom_metadata", json!(metadata));
    }
    // null removes the date
    if let Some(date) = &patch.expiration_date {
        put("expiration_date", json!(date));
    }
    if let Some(ttl) = &patch.ttl {
        put("ttl", json!(ttl));
    }
    if let Some(rotation) = &patch.rotation {
        put("rotation", json!(rotation));
    }
    if let Some(request) = &patch.managed_csr {
        put("managed_csr", Value::Object(managed(request)));
    }
    if let Some(policy) = &patch.password_generation_policy {
        put(
            "password_generation_policy",
            Value::Object(policy_patch(policy)),
        );
    }
    if let Some(reminder) = &patch.reminder {
        put("reminder", json!(reminder));
    }
    write(&members)
}

fn policy_patch(patch: &PolicyPatch) -> Map<String, Value> {
    let PolicyPatch {
        length,
        include_digits,
        include_symbols,
        include_uppercase,
        exclude_characters,
    } = patch;
    let members = [
        ("length", json!(length)),
        ("include_digits", json!(include_digits)),
        ("include_symbols", json!(include_symbols)),
        ("include_uppercase", json!(include_uppercase)),
        ("exclude_characters", json!(exclude_characters)),
    ];
    let given = members.into_iter().filter(|(_, value)| !value.is_null());
    given
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The body of `update_secret_version_metadata`.
pub fn version_patch(version_custom_metadata: &Metadata) -> Json {
    write(&json!({ "version_custom_metadata": version_custom_metadata }))
}
