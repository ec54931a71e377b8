//! Answers with what a face shows besides the wire, for clients that ask for it: the member `keyturn`
//! holds the rest of a view. [`answer`](super::answer) reads it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Json,
    answer::SECRET_REVISION,
    configuration::{object, whole},
    plain::group_members,
    secret::{metadata_members, secret_beside, version_beside, version_members},
};
use crate::{
    ConfigurationView, Secret, SecretGroupView, SecretView, Version, VersionView,
    configuration::ConfigurationDetail, served::VIEW,
};

/// `Secret` with the rest of its view.
pub fn secret_with_view(secret: &Secret) -> Json {
    let rest = Value::Object(rest(&secret.view, "metadata"));
    let payload = secret.payload.as_ref();
    secret_beside(&secret.view.metadata, payload, Some((VIEW, rest)))
}

/// `SecretMetadata` with the rest of its view.
pub fn secret_metadata_with_view(view: &SecretView) -> Value {
    with(metadata_members(&view.metadata), rest(view, "metadata"))
}

/// `SecretVersion` with the rest of its view, and the revision of its secret.
pub fn version_with_view(version: &Version) -> Json {
    let mut rest = rest(&version.view, "metadata");
    let revision = version.revision.0.clone();
    rest.insert(SECRET_REVISION.into(), revision.into());
    let beside = Some((VIEW, Value::Object(rest)));
    version_beside(&version.view, version.payload.as_ref(), beside)
}

/// `SecretVersionMetadata` with the rest of its view.
pub fn version_metadata_with_view(view: &VersionView) -> Value {
    with(version_members(view), rest(view, "metadata"))
}

/// `SecretGroup` with the rest of its view.
pub fn secret_group_with_view(view: &SecretGroupView) -> Value {
    with(group_members(&view.group), rest(view, "group"))
}

/// `Configuration` with the rest of its view, and with what API v2 does not tell of templates.
pub fn configuration_with_view(view: &ConfigurationView) -> Value {
    let mut rest = rest(view, "configuration");
    if let ConfigurationDetail::Template(template) = &view.configuration.detail {
        let wildcards = template.rules.allow_wildcard_certificates;
        rest.insert("allow_wildcard_certificates".into(), wildcards.into());
        if let Ok(hindrance) = serde_json::to_value(&template.hindrance) {
            rest.insert("hindrance".into(), hindrance);
        }
    }
    with(whole(&view.configuration), rest)
}

fn rest(view: &impl Serialize, without: &str) -> Map<String, Value> {
    let mut rest = object(serde_json::to_value(view));
    rest.remove(without);
    rest
}

fn with(mut members: Map<String, Value>, rest: Map<String, Value>) -> Value {
    members.insert(VIEW.into(), Value::Object(rest));
    Value::Object(members)
}
