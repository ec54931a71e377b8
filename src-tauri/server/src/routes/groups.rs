//! Secret groups.

use keyturn_api::{Problem, Result, wire};
use serde_json::json;

use super::Call;
use crate::respond::Answer;

pub(super) async fn create(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let new = wire::new_group(&call.body)?;
    let made = call
        .inner
        .instance
        .create_secret_group(&call.caller, new)
        .await?;
    Ok(Answer::created(call.group(&made)))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let groups = call.inner.instance.secret_groups(&call.caller).await?;
    let groups: Vec<_> = groups.iter().map(|view| call.group(view)).collect();
    Ok(Answer::ok(
        json!({ "total_count": groups.len(), "secret_groups": groups }),
    ))
}

pub(super) async fn get(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let groups = call.inner.instance.secret_groups(&call.caller).await?;
    let found = groups.iter().find(|view| view.group.id == call.part("id"));
    let found = found.ok_or_else(|| Problem::not_found("secret group"))?;
    Ok(Answer::ok(call.group(found)))
}

pub(super) async fn update(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let patch = wire::group_patch(&call.body)?;
    let instance = &call.inner.instance;
    let changed = instance
        .update_secret_group(&call.caller, call.part("id"), patch)
        .await?;
    Ok(Answer::ok(call.group(&changed)))
}

pub(super) async fn delete(call: &Call) -> Result<Answer> {
    call.no_query()?;
    call.inner
        .instance
        .delete_secret_group(&call.caller, call.part("id"))
        .await?;
    Ok(Answer::no_content())
}
