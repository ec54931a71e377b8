//! Secrets.

use keyturn_api::{Problem, Result, SecretType, VersionRef, wire};
use serde_json::json;

use super::Call;
use crate::respond::Answer;

pub(super) async fn create(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let mut new = wire::new_secret(&call.body)?;
    if call.sends_file {
        new = wire::secret_of_file(new)?;
    }
    let made = call.inner.instance.create_secret(&call.caller, new).await?;
    Ok(Answer::created(call.secret(&made)))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_secrets()?;
    let found = call
        .inner
        .instance
        .list_secrets(&call.caller, &query)
        .await?;
    let page = wire::page_of(&found, "secrets", &call.address(), |view| {
        call.secret_metadata(view)
    });
    Ok(Answer::ok(page))
}

pub(super) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    value(call, call.part("id")).await
}

pub(super) async fn by_name(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let kind = call.part("secret_type");
    let kind = SecretType::ALL
        .into_iter()
        .find(|known| known.name() == kind);
    let kind = kind.ok_or_else(|| Problem::not_found("secret"))?;
    let instance = &call.inner.instance;
    let (group, name) = (call.part("id"), call.part("name"));
    let id = instance.secret_id(&call.caller, group, kind, name).await?;
    value(call, &id).await
}

async fn value(call: &Call, id: &str) -> Result<Answer> {
    let secret = call
        .inner
        .instance
        .secret_as_it_is(&call.caller, id)
        .await?;
    Ok(Answer::ok(call.secret(&secret)))
}

pub(super) async fn delete(call: &Call) -> Result<Answer> {
    call.query()?.force_delete()?;
    call.inner
        .instance
        .delete_secret(&call.caller, call.part("id"), call.expect.as_ref())
        .await?;
    Ok(Answer::no_content())
}

pub(super) async fn metadata(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let view = call
        .inner
        .instance
        .secret_metadata(&call.caller, call.part("id"))
        .await?;
    Ok(Answer::ok(call.secret_metadata(&view)))
}

pub(super) async fn update(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let patch = wire::secret_patch(&call.body)?;
    let instance = &call.inner.instance;
    let view = instance
        .update_secret(&call.caller, call.part("id"), patch, call.expect.as_ref())
        .await?;
    Ok(Answer::ok(call.secret_metadata(&view)))
}

pub(super) async fn act(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let action = wire::secret_action(&call.body)?;
    let (instance, id) = (&call.inner.instance, call.part("id"));
    match action {
        wire::SecretAction::ValidateDnsChallenge => {
            instance.validate_dns_challenge(&call.caller, id).await?;
            Ok(Answer::created(json!({ "action_type": action.name() })))
        }
        wire::SecretAction::RevokeCertificate => revoke(call, &VersionRef::CURRENT).await,
    }
}

/// Revokes the certificate of a version.
pub(super) async fn revoke(call: &Call, version: &VersionRef) -> Result<Answer> {
    let instance = &call.inner.instance;
    let at = instance
        .revoke_certificate(&call.caller, call.part("id"), version)
        .await?;
    Ok(Answer::created(json!({
        "action_type": wire::SecretAction::RevokeCertificate.name(),
        "revocation_time_seconds": at.millis().div_euclid(1000),
    })))
}
