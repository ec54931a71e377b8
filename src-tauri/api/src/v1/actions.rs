//! Actions on a secret: rotation, restoring, and what v2 calls actions. Their bodies have no
//! envelope, their answers do.

use super::{
    Answer,
    call::{Call, Named, Result, uuid},
    envelope::Kind,
    json::{Members, Node},
    query::refused,
    secret, secrets,
    shape::{Field, Made, renamed, same, taken},
};
use crate::{Problem, Result as Checked, SecretType};

const METADATA: &[Field] = &[same("custom_metadata"), same("version_custom_metadata")];

pub(super) async fn act(call: &Call<'_>) -> Result<Answer> {
    call.query.only(&["action"])?;
    let read = match call.query.get("action") {
        Some("rotate") => rotation,
        Some("restore") => restoring,
        Some("revoke") => return acted(call, "private_cert_action_revoke_certificate").await,
        Some("validate_dns_challenge") => {
            return acted(call, "public_cert_action_validate_dns_challenge").await;
        }
        Some("delete_credentials") => return delete_credentials(call).await,
        _ => {
            return Err(refused(
                "action",
                "The action is rotate, restore, revoke, delete_credentials or \
                 validate_dns_challenge.",
            )
            .into());
        }
    };
    // what can be refused without a look at the secret is refused first
    let mut given = Members::of_request(call.body)?;
    let mut body = taken(&mut given, METADATA)?;
    body.extend(read(call.secret_type()?, &mut given)?);
    given.finish()?;
    let named = call.secret().await?;
    let made = call
        .post(format!("{}/versions", named.path), Node::Object(body))
        .await?;
    shown(call, &named, Some(&made)).await
}

fn rotation<'a>(secret_type: SecretType, given: &mut Members<'a>) -> Checked<Made<'a>> {
    match secret_type {
        SecretType::Arbitrary => taken(given, &[same("payload").needed()]),
        SecretType::Kv => taken(given, &[renamed("payload", "data").needed()]),
        SecretType::UsernamePassword => {
            let password = secrets::password(given)?;
            Ok(password
                .map(|password| ("password", password))
                .into_iter()
                .collect())
        }
        SecretType::ImportedCert => taken(
            given,
            &[
                same("certificate").needed(),
                same("private_key"),
                same("intermediate"),
            ],
        ),
        SecretType::PublicCert => {
            let rotation = taken(given, &[same("rotate_keys").needed()])?;
            Ok(vec![("rotation", Node::Object(rotation))])
        }
        SecretType::PrivateCert => taken(given, &[same("csr")]),
        SecretType::IamCredentials
        | SecretType::CustomCredentials
        | SecretType::Other
        | SecretType::ServiceCredentials => Ok(Made::new()),
    }
}

fn restoring<'a>(_: SecretType, given: &mut Members<'a>) -> Checked<Made<'a>> {
    let text = given.needed("version_id")?;
    let version: Option<String> = serde_json::from_str(text).ok();
    let known = version.filter(|version| version == "previous" || uuid(version).is_some());
    if known.is_none() {
        return Err(Problem::field(
            "version_id",
            "version_id is the id of a version, or \"previous\".",
        ));
    }
    Ok(vec![("restore_from_version", Node::Raw(text))])
}

async fn acted(call: &Call<'_>, action_type: &str) -> Result<Answer> {
    no_body(call)?;
    let named = call.secret().await?;
    let body = Node::Object(vec![("action_type", Node::string(action_type))]);
    call.post(format!("{}/actions", named.path), body).await?;
    shown(call, &named, None).await
}

/// The ids in the body say which credentials are meant; there are none but those of the current
/// version.
async fn delete_credentials(call: &Call<'_>) -> Result<Answer> {
    let mut given = Members::of_request(call.body)?;
    given.ignore(&["api_key_id", "service_id"]);
    given.finish()?;
    let named = call.secret().await?;
    call.delete(format!("{}/versions/current/secret_data", named.path))
        .await?;
    shown(call, &named, None).await
}

/// An action that has nothing to say: no body, or an empty object.
pub(super) fn no_body(call: &Call<'_>) -> Checked<()> {
    Members::of_request(call.body)?.finish()
}

/// The secret after an action, with its value if `made`, the answer of v2, holds a new one. The action
/// is done: what cannot be read afterwards is left as it was, or left out.
pub(super) async fn shown(call: &Call<'_>, named: &Named, made: Option<&Answer>) -> Result<Answer> {
    let after = call.get(format!("{}/metadata", named.path)).await.ok();
    let versions = secret::versions_if_any(call, &named.path).await;
    let secret = after.as_ref().unwrap_or(&named.metadata).members()?;
    let value = made.map(Answer::members).transpose()?;
    let versions = versions
        .as_ref()
        .and_then(|versions| versions.members().ok());
    let whole = secret::whole(
        named.secret_type,
        &secret,
        value.as_ref(),
        versions.as_ref(),
    );
    Ok(Kind::Secret.one(200, whole))
}
