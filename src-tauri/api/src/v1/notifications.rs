//! Registration with Event Notifications. Its bodies have no envelope.

use super::{
    Answer,
    call::{Call, Result},
    envelope::Kind,
    json::{Members, Node},
    shape::{Field, picked, same, taken},
};

const REGISTRATION: &str = "/notifications/registration";
const SHOWN: &[Field] = &[same("event_notifications_instance_crn")];

pub(super) async fn create(call: &Call<'_>) -> Result<Answer> {
    let mut given = Members::of_request(call.body)?;
    let body = taken(
        &mut given,
        &[
            same("event_notifications_instance_crn").needed(),
            same("event_notifications_source_name").needed(),
            same("event_notifications_source_description"),
        ],
    )?;
    given.finish()?;
    let made = call
        .post(REGISTRATION.to_owned(), Node::Object(body))
        .await?;
    Ok(Kind::Config.one(201, Node::Object(picked(&made.members()?, SHOWN))))
}

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let found = call.get(REGISTRATION.to_owned()).await?;
    Ok(Kind::Config.one(200, Node::Object(picked(&found.members()?, SHOWN))))
}

pub(super) async fn delete(call: &Call<'_>) -> Result<Answer> {
    call.delete(REGISTRATION.to_owned()).await?;
    Ok(Answer::empty(204))
}

/// v2 answers without a body; v1 with 200.
pub(super) async fn test(call: &Call<'_>) -> Result<Answer> {
    call.get(format!("{REGISTRATION}/test")).await?;
    Ok(Answer::empty(200))
}
