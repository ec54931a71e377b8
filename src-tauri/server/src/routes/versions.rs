//! Versions: rotation, history, metadata.

use keyturn_api::{NewVersion, Problem, Result, VersionRef, wire};
use serde_json::{Value, json};

use super::{Call, secrets};
use crate::respond::Answer;

/// The version in the path.
pub(super) fn version(call: &Call) -> Result<VersionRef> {
    VersionRef::parse("id", call.part("version")).map_err(|_| Problem::not_found("version"))
}

/// The body of `create_secret_version`; the secret is asked for its type where the body does not tell.
pub(super) async fn new_version(call: &Call, body: &[u8]) -> Result<NewVersion> {
    let secret_type = async || {
        let instance = &call.inner.instance;
        let view = instance.secret_metadata(&call.caller, call.part("id"));
        Ok(view.await?.metadata.detail.secret_type())
    };
    let new = wire::new_version(body, secret_type).await?;
    if call.sends_file {
        return wire::version_of_file(new);
    }
    Ok(new)
}

pub(super) async fn create(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let new = new_version(call, &call.body).await?;
    let (instance, id) = (&call.inner.instance, call.part("id"));
    let made = instance.create_version(&call.caller, id, new, call.expect.as_ref());
    Ok(Answer::created(call.version(&made.await?)))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let versions = call
        .inner
        .instance
        .versions(&call.caller, call.part("id"))
        .await?;
    let versions: Vec<Value> = versions
        .iter()
        .map(|view| call.version_metadata(view))
        .collect();
    Ok(Answer::ok(
        json!({ "total_count": versions.len(), "versions": versions }),
    ))
}

pub(super) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let found = instance
        .version_as_it_is(&call.caller, call.part("id"), &version)
        .await?;
    Ok(Answer::ok(call.version(&found)))
}

pub(super) async fn delete_data(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    instance
        .delete_version_data(&call.caller, call.part("id"), &version)
        .await?;
    Ok(Answer::no_content())
}

pub(super) async fn metadata(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let view = instance
        .version_metadata(&call.caller, call.part("id"), &version)
        .await?;
    Ok(Answer::ok(call.version_metadata(&view)))
}

pub(super) async fn update(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let metadata = wire::version_patch(&call.body)?;
    let (id, expect) = (call.part("id"), call.expect.as_ref());
    let changed = instance.update_version(&call.caller, id, &version, metadata, expect);
    Ok(Answer::ok(call.version_metadata(&changed.await?)))
}

pub(super) async fn act(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let version = version(call)?;
    match wire::secret_action(&call.body)? {
        wire::SecretAction::RevokeCertificate => secrets::revoke(call, &version).await,
        wire::SecretAction::ValidateDnsChallenge => Err(Problem::field(
            "action_type",
            "An order belongs to the secret, not to a version.",
        )),
    }
}
