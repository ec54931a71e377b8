//! What is answered beyond API v2, to another Keyturn: outlooks, orders, comparisons, changes.

use std::time::Duration;

use keyturn_api::{
    Problem, Result, VersionRef,
    secret::{NewDetail, private_cert::Rotation},
    served::{About, Changes, HELD_SECONDS, Labels, Removals},
    version::Compared,
    wire::{self, Body},
};
use serde_json::json;

use super::{Call, versions};
use crate::respond::Answer;

pub(super) async fn about(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let about = About::of(&call.caller, env!("CARGO_PKG_VERSION"));
    Ok(Answer::ok(json!(about)))
}

/// Answers at once if `since` is not the present count, and otherwise as soon as it is not.
pub(super) async fn changes(call: &Call) -> Result<Answer> {
    let mut query = call.query()?;
    let since = query.text("since");
    query.finish()?;
    let mut changed = call.inner.instance.changed();
    let mut count = *changed.borrow_and_update();
    if since.is_some_and(|since| since == count.to_string()) {
        let next = tokio::time::timeout(Duration::from_secs(HELD_SECONDS), changed.changed());
        let _ = next.await;
        count = *changed.borrow();
    }
    Ok(Answer::ok(json!(Changes { count })))
}

pub(super) async fn list(call: &Call) -> Result<Answer> {
    let query = call.query()?.list_secrets_beyond()?;
    let instance = &call.inner.instance;
    let found = instance.list_secrets(&call.caller, &query).await?;
    let page = wire::page_of(&found, "secrets", &call.address(), |view| {
        call.secret_metadata(view)
    });
    Ok(Answer::ok(page))
}

pub(super) async fn labels(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let labels = call.inner.instance.labels(&call.caller).await?;
    Ok(Answer::ok(json!(Labels { labels })))
}

pub(super) async fn rotation_outlook(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    let outlook = instance.rotation_outlook(&call.caller, call.part("id"));
    Ok(Answer::ok(json!(outlook.await?)))
}

pub(super) async fn policy_outlook(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let patch = wire::secret_patch(&call.body)?;
    let instance = &call.inner.instance;
    let outlook = instance.policy_outlook(&call.caller, call.part("id"), &patch);
    Ok(Answer::ok(json!(outlook.await?)))
}

/// What a private certificate would be, by the body that would create it.
pub(super) async fn private_cert_outlook(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let new = wire::new_secret(&call.body)?;
    let NewDetail::PrivateCert(detail) = &new.detail else {
        return Err(Problem::field(
            "secret_type",
            "Only of private certificates it is known beforehand what they will be.",
        ));
    };
    let instance = &call.inner.instance;
    let outlook = instance.private_cert_outlook(&call.caller, &new.secret_group_id, detail);
    Ok(Answer::ok(json!(outlook.await?)))
}

/// The same of its next version.
pub(super) async fn private_cert_rotation_outlook(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let mut body = Body::parse(&call.body)?;
    let rotation = Rotation::new(body.optional("csr")?);
    body.finish()?;
    let instance = &call.inner.instance;
    let id = call.part("id");
    let outlook = instance.private_cert_rotation_outlook(&call.caller, id, &rotation);
    Ok(Answer::ok(json!(outlook.await?)))
}

pub(super) async fn order(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    let order = instance.order(&call.caller, call.part("id")).await?;
    Ok(Answer::ok(json!({ "order": order })))
}

pub(super) async fn cancel_order(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    instance.cancel_order(&call.caller, call.part("id")).await?;
    Ok(Answer::no_content())
}

/// API keys that are still to be removed in IAM.
pub(super) async fn removals(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    let removals = instance.pending_removals(&call.caller).await?;
    Ok(Answer::ok(json!(Removals { removals })))
}

/// Tries one of them now; answers what is left then.
pub(super) async fn retry_removal(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    let left = instance.retry_removal(&call.caller, call.part("id"));
    let removals = left.await?;
    Ok(Answer::ok(json!(Removals { removals })))
}

pub(super) async fn forget_removal(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let instance = &call.inner.instance;
    instance
        .forget_removal(&call.caller, call.part("id"))
        .await?;
    Ok(Answer::no_content())
}

/// The certificates of a version, without its key; no reading of its value.
pub(super) async fn certificate(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let (instance, version) = (&call.inner.instance, versions::version(call)?);
    let parts = instance.certificate(&call.caller, call.part("id"), &version);
    Ok(Answer::ok(json!(parts.await?)))
}

/// What differs between a version and another one (`with_version`), or what a rotation would put in
/// its place (`with_rotation`, the body of `create_secret_version`). Without values unless `shown`.
pub(super) async fn comparison(call: &Call) -> Result<Answer> {
    call.no_query()?;
    let mut body = Body::parse(&call.body)?;
    let shown = body.optional("shown")?.unwrap_or(false);
    let other = body.optional::<String>("with_version")?;
    let rotation = body.raw("with_rotation");
    body.finish()?;
    let with = match (other, rotation) {
        (Some(other), None) => Compared::Version(VersionRef::parse("with_version", &other)?),
        (None, Some(rotation)) => {
            let new = versions::new_version(call, rotation.as_bytes()).await?;
            Compared::Input(new.input)
        }
        _ => {
            return Err(Problem::field(
                "with_version",
                "A version is compared with another one or with a rotation.",
            ));
        }
    };
    let (instance, version) = (&call.inner.instance, versions::version(call)?);
    let (caller, id) = (&call.caller, call.part("id"));
    let json = if shown {
        // holds values: written once, into a text that is wiped
        let differs = instance.compare_shown(caller, id, &version, with).await?;
        wire::text_of(&differs)
    } else {
        let differs = instance.compare(caller, id, &version, with).await?;
        wire::text_of(&differs)
    };
    Ok(Answer::ok(json))
}
