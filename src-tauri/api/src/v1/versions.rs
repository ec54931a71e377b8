//! Versions of a secret.

use super::{
    Answer,
    actions::{no_body, shown},
    call::{Call, Named, Result},
    envelope::{Kind, resource},
    json::{Members, Node, entries, strange},
    query::refused,
    secret,
    shape::{Field, Form, Made, picked, renamed, same},
};
use crate::SecretType;

const MADE: &[Field] = &[
    renamed("created_at", "creation_date"),
    same("created_by"),
    same("version_custom_metadata"),
];
const KEPT: &[Field] = &[same("payload_available"), same("downloaded")];
const ROTATED: &[Field] = &[same("auto_rotated")];
const CERTIFICATE: &[Field] = &[
    same("serial_number"),
    same("expiration_date"),
    same("validity"),
];
const STATE: &[Field] = &[same("state"), same("state_description").form(Form::Word)];
const REVOKED: &[Field] = &[
    renamed("revocation_time_seconds", "revocation_time"),
    same("revocation_time_rfc3339"),
];

/// What versions of a type have in all their forms.
fn own<'a>(secret_type: SecretType, version: &Members<'a>, secret: &Members<'a>) -> Made<'a> {
    let mut made = picked(version, MADE);
    if !matches!(
        secret_type,
        SecretType::Arbitrary | SecretType::Kv | SecretType::ImportedCert
    ) {
        made.extend(picked(version, ROTATED));
    }
    if secret_type.is_certificate() {
        made.extend(picked(version, CERTIFICATE));
    }
    if secret_type == SecretType::PrivateCert {
        // v2 tells the state of the secret alone, which is that of its current version
        let current = version.get("alias") == Some("\"current\"");
        if current {
            made.extend(picked(secret, STATE));
            made.extend(picked(secret, REVOKED));
        } else {
            made.extend(kept_state(version.get("payload_available") == Some("true")));
            made.extend(picked(version, REVOKED));
        }
    }
    made
}

/// The state of an older version: as long as its value is kept it can be used.
fn kept_state<'a>(kept: bool) -> Made<'a> {
    let (number, text) = if kept {
        ("1", "Active")
    } else {
        ("5", "Destroyed")
    };
    vec![
        ("state", Node::Raw(number)),
        ("state_description", Node::string(text)),
    ]
}

/// A version in a list, or in its secret.
pub(super) fn info<'a>(
    secret_type: SecretType,
    version: &Members<'a>,
    secret: &Members<'a>,
) -> Node<'a> {
    let mut made = picked(version, &[same("id")]);
    made.extend(own(secret_type, version, secret));
    made.extend(picked(version, KEPT));
    Node::Object(made)
}

pub(super) async fn list(call: &Call<'_>) -> Result<Answer> {
    let named = call.secret().await?;
    let secret = named.members()?;
    let answer = call.get(format!("{}/versions", named.path)).await?;
    let list = answer.members()?.get("versions");
    let list = list.and_then(entries).ok_or_else(strange)?;
    let versions = list.into_iter().filter_map(Members::of);
    let shown = versions.map(|version| info(named.secret_type, &version, &secret));
    Ok(Kind::Version.all(shown.collect()))
}

/// With the value.
pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let (named, path) = version_path(call).await?;
    let answer = call.get(path).await?;
    let locks = locks(call, &named, &answer).await?;
    let version = answer.members()?;
    let mut made = single(&named, &version, &named.members()?, locks);
    if let Some(data) = secret::secret_data(named.secret_type, &version) {
        made.push(("secret_data", data));
    }
    Ok(Kind::Version.one(200, Node::Object(made)))
}

pub(super) async fn metadata(call: &Call<'_>) -> Result<Answer> {
    let (named, path) = version_path(call).await?;
    let answer = call.get(format!("{path}/metadata")).await?;
    shown_metadata(call, &named, &answer).await
}

/// Replaces the one field that can be changed.
pub(super) async fn update(call: &Call<'_>) -> Result<Answer> {
    let mut given = resource(call.body)?;
    let metadata = given.take("version_custom_metadata").unwrap_or("{}");
    given.ignore(ANSWERED);
    given.finish()?;
    let (named, path) = version_path(call).await?;
    let change = Node::Object(vec![("version_custom_metadata", Node::Raw(metadata))]);
    let answer = call.patch(format!("{path}/metadata"), change).await?;
    shown_metadata(call, &named, &answer).await
}

const ANSWERED: &[&str] = &[
    "id",
    "version_id",
    "creation_date",
    "created_by",
    "payload_available",
    "downloaded",
    "locks_total",
    "auto_rotated",
    "serial_number",
    "expiration_date",
    "validity",
    "state",
    "state_description",
    "revocation_time",
    "revocation_time_rfc3339",
];

/// Revokes its certificate.
pub(super) async fn act(call: &Call<'_>) -> Result<Answer> {
    call.query.only(&["action"])?;
    if call.query.get("action") != Some("revoke") {
        return Err(refused("action", "The action on a version is revoke.").into());
    }
    no_body(call)?;
    let (named, path) = version_path(call).await?;
    let action = Node::string("private_cert_action_revoke_certificate");
    let body = Node::Object(vec![("action_type", action)]);
    call.post(format!("{path}/actions"), body).await?;
    shown(call, &named, None).await
}

async fn version_path(call: &Call<'_>) -> Result<(Named, String)> {
    let version = call.version()?;
    let named = call.secret().await?;
    let path = format!("{}/versions/{version}", named.path);
    Ok((named, path))
}

async fn shown_metadata(call: &Call<'_>, named: &Named, answer: &Answer) -> Result<Answer> {
    let locks = locks(call, named, answer).await?;
    let version = answer.members()?;
    let mut made = single(named, &version, &named.members()?, locks);
    made.extend(picked(&version, KEPT));
    Ok(Kind::Version.one(200, Node::Object(made)))
}

/// A version by itself. Its `id` is that of the secret.
fn single<'a>(
    named: &Named,
    version: &Members<'a>,
    secret: &Members<'a>,
    locks: Option<usize>,
) -> Made<'a> {
    const IDS: &[Field] = &[renamed("secret_id", "id"), renamed("id", "version_id")];
    let mut made = picked(version, IDS);
    made.extend(own(named.secret_type, version, secret));
    if let Some(locks) = locks {
        made.push(("locks_total", Node::number(locks)));
    }
    made
}

/// How many locks a version has, which v2 does not say on it. Only current and previous have any.
async fn locks(call: &Call<'_>, named: &Named, answer: &Answer) -> Result<Option<usize>> {
    let version = answer.members()?;
    let (Some(id), Some(_)) = (version.string("id"), version.get("alias")) else {
        return Ok(Some(0));
    };
    let path = format!("{}/versions/{id}/locks?limit=1", named.path);
    let Ok(page) = call.get(path).await else {
        return Ok(None);
    };
    Ok(Some(super::secrets::total(&page.members()?)?))
}
