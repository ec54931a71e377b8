//! Records with their whole views, as one Keyturn tells another: a member holds what the view has
//! besides the record.

use serde::Serialize;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{
    Json, configuration, configuration::object, secret, secret_metadata, version_metadata,
};
use crate::{
    ConfigurationView, Secret, SecretGroupView, SecretView, Version, VersionView, served::VIEW,
};

/// `SecretMetadata` with its view.
pub fn secret_metadata_with_view(view: &SecretView) -> Value {
    with(secret_metadata(view), besides(view, "metadata"))
}

/// `SecretVersionMetadata` with its view.
pub fn version_metadata_with_view(view: &VersionView) -> Value {
    with(version_metadata(view), besides(view, "metadata"))
}

/// `SecretGroup` with its view.
pub fn group_with_view(view: &SecretGroupView) -> Value {
    let group = serde_json::to_value(&view.group).unwrap_or_default();
    with(group, besides(view, "group"))
}

/// `Configuration` with its view.
pub fn configuration_with_view(view: &ConfigurationView) -> Value {
    with(configuration(view), besides(view, "configuration"))
}

/// `Secret` with its view.
pub fn secret_with_view(whole: &Secret) -> Json {
    beside(&secret(whole), &besides(&whole.view, "metadata"))
}

/// `SecretVersion` with its view, and the revision of the secret.
pub fn version_with_view(version: &Version) -> Json {
    let mut view = besides(&version.view, "metadata");
    let revision = serde_json::to_value(&version.revision);
    view.insert("secret_revision".into(), revision.unwrap_or_default());
    beside(&secret::version(version), &view)
}

fn besides(view: &impl Serialize, record: &str) -> Map<String, Value> {
    let mut members = object(serde_json::to_value(view));
    members.remove(record);
    members
}

fn with(record: Value, view: Map<String, Value>) -> Value {
    let mut members = object(Ok(record));
    members.insert(VIEW.into(), Value::Object(view));
    Value::Object(members)
}

/// Puts the view behind the last member of a text that may hold a value, without another copy of it
/// than the one that is returned.
fn beside(record: &Json, view: &Map<String, Value>) -> Json {
    let view = serde_json::to_vec(view).unwrap_or_default();
    let name = format!(",\"{VIEW}\":");
    let inner = record.strip_suffix(b"}").unwrap_or(record);
    let mut whole = Zeroizing::new(Vec::with_capacity(
        inner.len() + name.len() + view.len() + 1,
    ));
    for part in [inner, name.as_bytes(), &view, b"}"] {
        whole.extend_from_slice(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_stands_behind_the_value() {
        let record = Zeroizing::new(br#"{"id":"1","payload":"}"}"#.to_vec());
        let view = object(Ok(serde_json::json!({ "binary": false })));
        let whole = beside(&record, &view);
        let read: Value = serde_json::from_slice(&whole).unwrap();
        assert_eq!(read["payload"], "}");
        assert_eq!(read[VIEW]["binary"], false);
        assert_eq!(whole.capacity(), whole.len());
    }
}
