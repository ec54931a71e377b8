//! Locks, of a secret or of one of its versions.

use keyturn_api::{Result, VersionRef, wire};
use serde_json::json;

use super::{Call, versions};
use crate::respond::Answer;

/// The version in the path, if one stands there.
fn version(call: &Call) -> Result<Option<VersionRef>> {
    if call.part("version").is_empty() {
        return Ok(None);
    }
    versions::version(call).map(Some)
}

pub(super) async fn list_all(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_secrets_locks()?;
    let found = call
        .inner
        .instance
        .secrets_locks(&call.caller, &query)
        .await?;
    Ok(Answer::ok(wire::page(
        &found,
        "secrets_locks",
        &call.address(),
    )))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_locks()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let found = instance.secret_locks(&call.caller, call.part("id"), version.as_ref(), &query);
    Ok(Answer::ok(wire::page(
        &found.await?,
        "locks",
        &call.address(),
    )))
}

pub(super) async fn create(call: &Call) -> Result<Answer> {
    let mode = call.query()?.lock_mode()?;
    let new = wire::new_locks(&call.body, mode)?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let version = version.unwrap_or(VersionRef::CURRENT);
    let locks = instance
        .create_locks(&call.caller, call.part("id"), &version, new)
        .await?;
    Ok(Answer::created(json!(locks)))
}

/// API v2: 200 with the locks that are left, unlike other deletions.
pub(super) async fn delete(call: &Call) -> Result<Answer> {
    let names = call.query()?.lock_names()?;
    let (instance, version) = (&call.inner.instance, version(call)?);
    let left = instance.delete_locks(
        &call.caller,
        call.part("id"),
        version.as_ref(),
        names.as_deref(),
    );
    Ok(Answer::ok(json!(left.await?)))
}
