//! Metadata of a secret: read, and replaced as a whole.

use super::{
    Answer,
    call::{Call, Result},
    envelope::{Kind, resource},
    json::Node,
    secret,
    secrets::{ANSWERED, unchanged},
    shape::{Field, Form, same, taken},
};
use crate::SecretType;

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let named = call.secret().await?;
    let shown = secret::metadata(named.secret_type, &named.members()?);
    Ok(Kind::Secret.one(200, Node::Object(shown)))
}

/// What only answers have, beyond [`ANSWERED`]: all of it comes from the value.
const OF_THE_VALUE: &[&str] = &[
    "serial_number",
    "algorithm",
    "key_algorithm",
    "issuer",
    "validity",
    "common_name",
    "alt_names",
    "intermediate_included",
    "private_key_included",
    "revocation_time",
    "revocation_time_rfc3339",
    "next_rotation_date",
    "issuance_info",
    "ca",
    "dns",
    "bundle_certs",
    "certificate_template",
    "certificate_authority",
    "access_groups",
    "api_key_id",
    "service_id",
    "service_id_is_static",
    "reuse_api_key",
];

/// Replaces all that can be changed; what is not there is removed.
pub(super) async fn update(call: &Call<'_>) -> Result<Answer> {
    let secret_type = call.secret_type()?;
    let mut given = resource(call.body)?;
    given.ignore(ANSWERED);
    let mut changes = taken(&mut given, &[same("name").needed()])?;
    for (name, empty) in [
        ("description", "\"\""),
        ("labels", "[]"),
        ("custom_metadata", "{}"),
    ] {
        changes.push((name, Node::Raw(given.take(name).unwrap_or(empty))));
    }
    match secret_type {
        SecretType::Arbitrary | SecretType::UsernamePassword => {
            let date = given.take("expiration_date").unwrap_or("null");
            changes.push(("expiration_date", Node::Raw(date)));
        }
        SecretType::IamCredentials => {
            const TTL: &[Field] = &[same("ttl").form(Form::Length)];
            changes.extend(taken(&mut given, TTL)?);
        }
        SecretType::ImportedCert | SecretType::PublicCert => given.ignore(&["expiration_date"]),
        _ => {}
    }
    if secret_type != SecretType::Arbitrary && secret_type != SecretType::Kv {
        given.ignore(OF_THE_VALUE);
    }
    let named = call.secret().await?;
    let current = named.members()?;
    for (name, remedy) in [
        ("secret_group_id", "A secret keeps its group."),
        ("rotation", "Set the policy of the secret instead."),
    ] {
        unchanged(&mut given, name, current.get(name), remedy)?;
    }
    given.finish()?;
    let path = format!("{}/metadata", named.path);
    let after = call.patch(path, Node::Object(changes)).await?;
    let shown = secret::metadata(secret_type, &after.members()?);
    Ok(Kind::Secret.one(200, Node::Object(shown)))
}
