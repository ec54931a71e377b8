//! Secret groups.

use super::{
    Answer,
    call::{Call, Result},
    envelope::{Kind, resource},
    json::{Members, Node, entries, strange},
    shape::{Field, picked, renamed, same, taken},
};

const FIELDS: &[Field] = &[
    same("id"),
    same("name"),
    same("description"),
    renamed("created_at", "creation_date"),
    renamed("updated_at", "last_update_date"),
];
/// What only answers have.
const ANSWERED: &[&str] = &["id", "creation_date", "last_update_date", "type"];

pub(super) async fn create(call: &Call<'_>) -> Result<Answer> {
    let mut group = resource(call.body)?;
    group.ignore(ANSWERED);
    let body = taken(&mut group, &[same("name").needed(), same("description")])?;
    group.finish()?;
    let made = call
        .post("/secret_groups".to_owned(), Node::Object(body))
        .await?;
    Ok(Kind::Group.one(200, shown(&made.members()?)))
}

pub(super) async fn list(call: &Call<'_>) -> Result<Answer> {
    let answer = call.get("/secret_groups".to_owned()).await?;
    let list = answer.members()?.get("secret_groups");
    let list = list.and_then(entries).ok_or_else(strange)?;
    let groups = list.into_iter().filter_map(Members::of);
    Ok(Kind::Group.all(groups.map(|group| shown(&group)).collect()))
}

pub(super) async fn get(call: &Call<'_>) -> Result<Answer> {
    let group = call
        .get(format!("/secret_groups/{}", call.group()?))
        .await?;
    Ok(Kind::Group.one(200, shown(&group.members()?)))
}

/// Replaces name and description; a name cannot be taken away.
pub(super) async fn update(call: &Call<'_>) -> Result<Answer> {
    let path = format!("/secret_groups/{}", call.group()?);
    let mut group = resource(call.body)?;
    group.ignore(ANSWERED);
    let mut body = taken(&mut group, &[same("name")])?;
    let description = group.take("description").unwrap_or("\"\"");
    group.finish()?;
    body.push(("description", Node::Raw(description)));
    let changed = call.patch(path, Node::Object(body)).await?;
    Ok(Kind::Group.one(200, shown(&changed.members()?)))
}

pub(super) async fn delete(call: &Call<'_>) -> Result<Answer> {
    call.delete(format!("/secret_groups/{}", call.group()?))
        .await?;
    Ok(Answer::empty(204))
}

fn shown<'a>(group: &Members<'a>) -> Node<'a> {
    let mut shown = picked(group, FIELDS);
    shown.push(("type", Node::string(Kind::Group.mime())));
    Node::Object(shown)
}
